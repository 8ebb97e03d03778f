#define _GNU_SOURCE 1
#include "change.h"
#include "../base/arena.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
	CHANGE_SLOTS = 1 << 16,         /* two things that share one only count for each other */
	CHANGE_MANY = 8192              /* touched in one commit; beyond that it was everything */
};

struct changes {
	_Atomic uint64_t tide;
	_Atomic uint32_t everything;
	_Atomic uint32_t slot[CHANGE_SLOTS];
};

struct change_line {
	struct changes *changes;
	bool before;                    /* change_before() was said */
	bool everything;
	int count;
	uint16_t slot[CHANGE_MANY];
};

/* What no page shows: tries, repeats, what is to be done, the read log, challenges that are under way. */
static const char *const change_nobody[] = {
	"outbox", "attempt", "repeat", "perusal", "counter", "schema_file", "gazette", "court_gram", "passkey_challenge",
	"second_step", "errand",
};

/* Rows about one person that others are shown too: names, offices, who is away. */
static const char *const change_everybody[] = { "person", "staff", "office", "absence" };

static void change_close(void *what) { munmap(what, sizeof(struct changes)); }

struct changes *change_open(struct arena *mem, const char *directory)
{
	int fd = open(arena_print(mem, "%s/changes", directory), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return NULL;
	/* All of it has its place on the disk from now on: to write to mapped memory that gets none, because the disk
	 * is full, would be the end of the program. */
	bool there = !posix_fallocate(fd, 0, (off_t)sizeof(struct changes));
	void *at = there ? mmap(NULL, sizeof(struct changes), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) : MAP_FAILED;
	close(fd);
	if (at == MAP_FAILED)
		return NULL;
	arena_closer(mem, change_close, at);
	return at;
}

/* FNV-1a, 32 bits, folded to the slots. */
static uint16_t change_slot(const char *id)
{
	uint32_t hash = 2166136261u;
	for (; *id; id++)
		hash = (hash ^ (unsigned char)*id) * 16777619u;
	return (uint16_t)(hash ^ hash >> 16);
}

uint64_t change_tide(const struct changes *changes) { return atomic_load(&changes->tide); }

uint32_t change_of(const struct changes *changes, const char *id)
{
	return atomic_load(id ? &changes->slot[change_slot(id)] : &changes->everything);
}

struct change_line *change_begin(struct arena *mem, struct changes *changes)
{
	struct change_line *line = arena_take(mem, sizeof *line);
	line->changes = changes;
	/* Whoever held the lock for writing before and died has left the tide odd; nobody knows what it committed. */
	line->everything = true;
	return line;
}

static bool change_among(const char *const *list, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(list[i], name))
			return true;
	return false;
}

struct change_rule change_rule(const char *table, const char *const *columns, int count)
{
	struct change_rule rule = { .count = 0 };
	if (change_among(change_nobody, sizeof change_nobody / sizeof *change_nobody, table))
		return (struct change_rule){ .count = CHANGE_NOBODY };
	if (change_among(change_everybody, sizeof change_everybody / sizeof *change_everybody, table))
		return (struct change_rule){ .count = CHANGE_EVERYBODY, .unborn = !strcmp(table, "person") };
	for (int i = 0; i < count && rule.count < CHANGE_COLUMNS; i++)
		if (!strcmp(columns[i], "docket") || !strcmp(columns[i], "person") ||
		    (!strcmp(table, "docket") && !strcmp(columns[i], "id")) ||
		    (!strcmp(table, "session") && !strcmp(columns[i], "digest")))
			rule.column[rule.count++] = i;
	return rule.count ? rule : (struct change_rule){ .count = CHANGE_EVERYBODY };
}

void change_touch(struct change_line *line, const char *id)
{
	uint16_t slot = id ? change_slot(id) : 0;
	/* The rows of one act are about the same few things, one after the other. */
	for (int i = line->count - 1; id && i >= 0 && i > line->count - 9; i--)
		if (line->slot[i] == slot)
			return;
	line->everything |= !id || line->count == CHANGE_MANY;
	if (id && line->count < CHANGE_MANY)
		line->slot[line->count++] = slot;
}

void change_before(struct change_line *line)
{
	if (line->before || (!line->count && !line->everything))
		return;
	line->before = true;
	uint64_t tide = atomic_load(&line->changes->tide);
	/* Writers hold the database's one lock. An odd tide is that of one who died. */
	if (tide & 1)
		line->everything = true;
	atomic_store(&line->changes->tide, tide | 1);
}

void change_after(struct change_line *line)
{
	if (line->before) {
		for (int i = 0; i < line->count; i++)
			atomic_fetch_add(&line->changes->slot[line->slot[i]], 1);
		if (line->everything)
			atomic_fetch_add(&line->changes->everything, 1);
		atomic_store(&line->changes->tide, (atomic_load(&line->changes->tide) | 1) + 1);
		line->everything = false;
	}
	line->before = false;
	line->count = 0;
}
