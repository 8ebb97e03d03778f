#include "cause.h"
#include "likeness.h"
#include "../base/arena.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define CAUSE_FOUND 400         /* of one search at most */

#define CAUSE(code, parent, level, zh, en, fee, words) { code, parent, level, { zh, en }, FEE_##fee, words },
static const struct cause cause_table[] = {
#include "cause.tbl"
};
#undef CAUSE

#define CAUSE_STATED (sizeof cause_table / sizeof cause_table[0])

/* A list in force. It is never changed: another one takes its place. */
struct cause_list {
	struct cause *cause;            /* in the official order */
	struct likeness *likeness;      /* of each */
	const struct cause **code;      /* sorted by code */
	size_t count;
};

/* Lists live as long as the program, for who holds a cause of an old one goes on reading it;
 * they change a few times in years. */
static struct arena *cause_mem;
static struct cause_list *_Atomic cause_current;
static pthread_once_t cause_once = PTHREAD_ONCE_INIT;

static int cause_order(const void *a, const void *b)
{
	const struct cause *const *left = a, *const *right = b;
	return strcmp((*left)->code, (*right)->code);
}

static void cause_publish(struct cause_list *list)
{
	list->likeness = arena_take(cause_mem, (list->count + 1) * sizeof *list->likeness);
	list->code = arena_take(cause_mem, (list->count + 1) * sizeof *list->code);
	for (size_t i = 0; i < list->count; i++) {
		const struct cause *c = &list->cause[i];
		list->likeness[i] = likeness_of(cause_mem, c->name[LANG_ZH], c->name[LANG_EN], c->words);
		list->code[i] = c;
	}
	qsort(list->code, list->count, sizeof *list->code, cause_order);
	atomic_store(&cause_current, list);
}

static void cause_begin(void)
{
	cause_mem = arena_begin_ceiling(SIZE_MAX);
	struct cause_list *list = arena_take(cause_mem, sizeof *list);
	list->count = CAUSE_STATED;
	list->cause = arena_take(cause_mem, sizeof cause_table);
	memcpy(list->cause, cause_table, sizeof cause_table);
	cause_publish(list);
}

static const struct cause_list *cause_list(void)
{
	pthread_once(&cause_once, cause_begin);
	return atomic_load(&cause_current);
}

static const struct cause *cause_in(const struct cause_list *list, const char *code)
{
	struct cause wanted = { .code = code };
	const struct cause *key = &wanted;
	const struct cause **found = bsearch(&key, list->code, list->count, sizeof *list->code, cause_order);
	return found ? *found : NULL;
}

const struct cause *cause_find(const char *code)
{
	return code ? cause_in(cause_list(), code) : NULL;
}

const struct cause *cause_each(size_t index)
{
	const struct cause_list *list = cause_list();
	return index < list->count ? &list->cause[index] : NULL;
}

static const struct cause *cause_stated(const char *code)
{
	for (size_t i = 0; i < CAUSE_STATED; i++)
		if (!strcmp(cause_table[i].code, code))
			return &cause_table[i];
	return NULL;
}

static const struct cause *cause_among(const struct cause *list, size_t count, const char *code)
{
	for (size_t i = count; i-- > 0;)        /* the nearest before: parents stand just above */
		if (!strcmp(list[i].code, code))
			return &list[i];
	return NULL;
}

/* An official row with what the program knows of it, or of the row above it. */
static struct cause cause_know(const struct cause_list *list, const struct cause *row)
{
	const struct cause *stated = cause_stated(row->code), *above = cause_among(list->cause, list->count, row->parent);
	const char *zh = arena_copy(cause_mem, row->name[LANG_ZH]);
	return (struct cause){
		.code = arena_copy(cause_mem, row->code), .parent = arena_copy(cause_mem, row->parent), .level = row->level,
		.name = { zh, stated ? stated->name[LANG_EN] : zh },
		.fee = stated ? stated->fee : above ? above->fee : FEE_PROPERTY,
		.words = stated ? stated->words : "",
	};
}

void cause_use(const struct cause *rows, size_t count)
{
	(void)cause_list();
	struct cause_list *list = arena_take(cause_mem, sizeof *list);
	list->cause = arena_take(cause_mem, (count + CAUSE_STATED) * sizeof *list->cause);
	for (size_t i = 0; i < count; i++) {
		list->cause[i] = cause_know(list, &rows[i]);
		list->count++;
	}
	/* Cases that are running may have a cause that the new list no longer names. */
	for (size_t i = 0; i < CAUSE_STATED; i++)
		if (!cause_among(list->cause, count, cause_table[i].code))
			list->cause[list->count++] = cause_table[i];
	cause_publish(list);
}

size_t cause_search(const char *words, const struct cause **out, size_t room)
{
	const struct cause_list *list = cause_list();
	uint32_t place[LIKENESS_QUERY];
	struct likeness_text query = likeness_query(words ? words : "", place);
	int scores[CAUSE_FOUND];
	size_t count = 0;
	room = room < CAUSE_FOUND ? room : CAUSE_FOUND;
	for (size_t i = 0; i < list->count; i++) {
		int score = list->cause[i].level >= 3 ? likeness_score(&list->likeness[i], &query) : 0;
		size_t at = count;
		if (score == 0)
			continue;
		while (at > 0 && scores[at - 1] < score)
			at--;
		if (at >= room)
			continue;
		if (count == room)
			count--;
		memmove(out + at + 1, out + at, (count - at) * sizeof *out);
		memmove(scores + at + 1, scores + at, (count - at) * sizeof *scores);
		out[at] = &list->cause[i];
		scores[at] = score;
		count++;
	}
	return count;
}
