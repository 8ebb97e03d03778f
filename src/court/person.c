#include "person.h"
#include "court.h"
#include "office.h"
#include "../base/arena.h"
#include "../base/cursor.h"
#include "../base/id.h"
#include "../base/text.h"
#include "../law/identity.h"
#include "../store/db.h"

#include <assert.h>
#include <string.h>

#define PERSON_COLUMNS \
	"person, kind, number, name, mobile, email, address, representative, representative_number," \
	" operator, operator_number, state, waiting, since, lang"

const char *person_kind_key(enum person_kind kind)
{
	static const char *const key[] = { "", "person.citizen", "person.passport", "person.organisation" };
	assert(kind >= PERSON_CITIZEN && kind <= PERSON_ORGANISATION);
	return key[kind];
}

const char *person_state_key(enum person_state state)
{
	static const char *const key[] = { "", "person.state.registered", "person.state.verified",
					   "person.state.suspended" };
	assert(state >= PERSON_REGISTERED && state <= PERSON_SUSPENDED);
	return key[state];
}

enum person_kind person_kind_of(const char *word)
{
	return !strcmp(word, "citizen") ? PERSON_CITIZEN : !strcmp(word, "passport") ? PERSON_PASSPORT
		: !strcmp(word, "organisation") ? PERSON_ORGANISATION : (enum person_kind)0;
}

/* Full-width forms U+FF01..FF5E are the bytes EF BC 81..BF and EF BD 80..9E. */
const char *person_number(struct arena *mem, const char *typed)
{
	char *out = arena_copy(mem, typed), *to = out;
	for (const unsigned char *s = (const unsigned char *)typed; *s; s++) {
		unsigned c = *s;
		if (c == 0xef && s[1] == 0xbc && s[2] >= 0x81 && s[2] <= 0xbf) {
			c = s[2] - 0x60u;
			s += 2;
		} else if (c == 0xef && s[1] == 0xbd && s[2] >= 0x80 && s[2] <= 0x9e) {
			c = s[2] - 0x20u;
			s += 2;
		} else if (c == 0xe3 && s[1] == 0x80 && s[2] == 0x80) {
			c = ' ';
			s += 2;
		}
		if (c == ' ' || c == '\t' || c == '-')
			continue;
		*to++ = (char)(c >= 'a' && c <= 'z' ? c - ('a' - 'A') : c);
	}
	*to = '\0';
	return out;
}

const char *person_number_masked(struct arena *mem, const char *number)
{
	size_t n = strlen(number), front = n >= 12 ? 3 : 1, back = n >= 12 ? 4 : 2;
	if (n <= front + back)
		return number;
	return arena_print(mem, "%.*s******%s", (int)front, number, number + n - back);
}

const char *person_account(struct arena *mem, const char *typed)
{
	if (!strchr(typed, '@'))
		return person_number(mem, typed);
	char *out = text_trim(mem, typed);
	for (char *s = out; *s; s++)
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s + ('a' - 'A'));
	return out;
}

static struct person person_of_row(struct row *r)
{
	return (struct person){
		.id = db_text(r, 0), .kind = (enum person_kind)db_int(r, 1), .number = db_text(r, 2),
		.name = db_text(r, 3), .mobile = db_text(r, 4), .email = db_text(r, 5), .address = db_text(r, 6),
		.representative = db_text(r, 7), .representative_number = db_text(r, 8),
		.operator = db_text(r, 9), .operator_number = db_text(r, 10),
		.state = (enum person_state)db_int(r, 11), .waiting = db_int(r, 12), .since = db_int(r, 13),
		.lang = db_int(r, 14) == LANG_EN ? LANG_EN : LANG_ZH,
	};
}

static enum mc_err person_one(struct ctx *ctx, struct row *r, struct person *out)
{
	if (!db_next(r))
		return db_broken(r) ? MC_STORE
			: ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "person.unknown" });
	*out = person_of_row(r);
	return MC_OK;
}

enum mc_err person_load(struct ctx *ctx, const char *id, struct person *out)
{
	return person_one(ctx, db_ask(ctx, "select " PERSON_COLUMNS " from person where court = $1 and person = $2",
				      "tt", COURT_NATION, id), out);
}

enum mc_err person_by_number(struct ctx *ctx, enum person_kind kind, const char *number, struct person *out)
{
	return person_one(ctx, db_ask(ctx,
		"select " PERSON_COLUMNS " from person where court = $1 and kind = $2 and number = $3", "tit",
		COURT_NATION, (int64_t)kind, person_number(ctx->mem, number)), out);
}

const char *person_name(struct ctx *ctx, const char *id)
{
	struct row *r = db_ask(ctx, "select name from person where court = $1 and person = $2", "tt",
			       COURT_NATION, id);
	return db_next(r) ? db_text(r, 0) : "";
}

enum mc_err person_by_account(struct ctx *ctx, const char *typed, const char **id)
{
	struct row *r = db_ask(ctx, "select person from account where court = $1 and name = $2", "tt",
			       COURT_NATION, person_account(ctx->mem, typed));
	if (!db_next(r))
		return db_broken(r) ? MC_STORE
			: ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "person.unknown" });
	*id = db_text(r, 0);
	return MC_OK;
}

static enum mc_err person_wrong(struct ctx *ctx, const char *key, const char *field)
{
	return ctx_fail(ctx, MC_INVALID, (struct why){ .key = key, .field = field, .law = "在线诉讼规则第7条" });
}

static bool person_plain(const char *s, size_t least, size_t most)
{
	for (const char *c = s; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 127)
			return false;
	size_t n = text_chars(s);
	return n >= least && n <= most;
}

static bool person_email(const char *s)
{
	const char *at = strchr(s, '@');
	return at && at > s && strlen(s) <= 254 && !strchr(at + 1, '@') && !strpbrk(s, " \t<>\",;:()[]\\")
		&& strchr(at + 1, '.') > at + 1 && at[strlen(at) - 1] != '.';
}

/* Citizens of the mainland, or everybody else by passport. */
static bool person_identity(const char *number)
{
	return identity_citizen(number) || (strlen(number) != 18 && identity_passport(number));
}

static enum mc_err person_check_organisation(struct ctx *ctx, struct person *p)
{
	enum mc_err err = MC_OK;
	p->representative = text_trim(ctx->mem, p->representative);
	p->operator = text_trim(ctx->mem, p->operator);
	p->representative_number = person_number(ctx->mem, p->representative_number);
	p->operator_number = person_number(ctx->mem, p->operator_number);
	if (!person_plain(p->representative, 2, 100))
		err = person_wrong(ctx, "person.bad_representative", "representative");
	if (!person_identity(p->representative_number))
		err = person_wrong(ctx, "person.bad_citizen", "representative_number");
	if (!person_plain(p->operator, 2, 100))
		err = person_wrong(ctx, "person.bad_operator", "operator");
	if (!person_identity(p->operator_number))
		err = person_wrong(ctx, "person.bad_citizen", "operator_number");
	return err;
}

static enum mc_err person_check_contact(struct ctx *ctx, struct person *p)
{
	enum mc_err err = MC_OK;
	p->mobile = person_number(ctx->mem, p->mobile);
	p->email = person_account(ctx->mem, text_trim(ctx->mem, p->email));
	p->address = text_trim(ctx->mem, p->address);
	if (!identity_mobile(p->mobile))
		err = person_wrong(ctx, "person.bad_mobile", "mobile");
	if (*p->email && !person_email(p->email))
		err = person_wrong(ctx, "person.bad_email", "email");
	if (!person_plain(p->address, 5, 300))
		err = person_wrong(ctx, "person.bad_address", "address");
	return err;
}

enum mc_err person_check(struct ctx *ctx, struct person *p)
{
	enum mc_err err = MC_OK, contact, organisation = MC_OK;
	p->name = text_trim(ctx->mem, p->name);
	p->number = person_number(ctx->mem, p->number);
	if (!person_plain(p->name, 2, 100))
		err = person_wrong(ctx, "person.bad_name", "name");
	if (p->kind == PERSON_CITIZEN && !identity_citizen(p->number))
		err = person_wrong(ctx, "person.bad_citizen", "number");
	else if (p->kind == PERSON_PASSPORT && !identity_passport(p->number))
		err = person_wrong(ctx, "person.bad_passport", "number");
	else if (p->kind == PERSON_ORGANISATION && !identity_credit_code(p->number))
		err = person_wrong(ctx, "person.bad_credit_code", "number");
	else if (p->kind < PERSON_CITIZEN || p->kind > PERSON_ORGANISATION)
		err = person_wrong(ctx, "person.bad_kind", "kind");
	if (p->kind == PERSON_ORGANISATION)
		organisation = person_check_organisation(ctx, p);
	else
		p->representative = p->representative_number = p->operator = p->operator_number = "";
	contact = person_check_contact(ctx, p);
	return err ? err : organisation ? organisation : contact;
}

/* A name for signing in. A verified person takes a mobile or e-mail from somebody who only
 * claimed it; otherwise the first one keeps it. */
static enum mc_err person_name_put(struct ctx *ctx, const char *id, const char *name, bool verified)
{
	if (!*name)
		return MC_OK;
	if (verified)
		return db_do(ctx,
			"insert into account (court, name, person) values ($1, $2, $3)"
			" on conflict (court, name) do update set person = excluded.person where exists"
			" (select 1 from person p where p.court = account.court and p.person = account.person"
			" and p.state = 1 and p.number <> account.name)", "ttt", COURT_NATION, name, id);
	return db_do(ctx, "insert into account (court, name, person) values ($1, $2, $3) on conflict (court, name) do nothing",
		     "ttt", COURT_NATION, name, id);
}

/* The mobile and the e-mail open an account once it is verified: who only claims one could else try whether it
 * opens theirs, and so learn whether somebody else has it. */
static enum mc_err person_names(struct ctx *ctx, const struct person *p)
{
	bool verified = p->state == PERSON_VERIFIED;
	const char *name[] = { p->number, p->mobile, p->email };
	size_t names = verified ? sizeof name / sizeof *name : 1;
	enum mc_err err = MC_OK;
	for (size_t i = 0; !err && i < names; i++)
		err = person_name_put(ctx, p->id, name[i], verified);
	return err;
}

enum mc_err person_claim(struct ctx *ctx, const char *id)
{
	struct person p;
	enum mc_err err = person_load(ctx, id, &p);
	return err ? err : person_names(ctx, &p);
}

enum mc_err person_called(struct ctx *ctx, const char *id, const char *name)
{
	name = person_account(ctx->mem, name);
	enum mc_err err = person_name_put(ctx, id, name, false);
	const char *holder = "";
	if (!err)
		err = person_by_account(ctx, name, &holder);
	return err ? err : !strcmp(holder, id) ? MC_OK
		: ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "person.name_taken", .field = "account" });
}

static enum mc_err person_taken(struct ctx *ctx)
{
	return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "person.cannot_register", .law = "在线诉讼规则第7条" });
}

enum mc_err person_add(struct ctx *ctx, struct person *p)
{
	p->id = id_new(ctx->mem);
	p->state = PERSON_REGISTERED;
	p->since = p->waiting = ctx->now;
	p->lang = ctx->lang;
	enum mc_err err = db_do(ctx,
		"insert into person (court, " PERSON_COLUMNS ")"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
		" on conflict (court, kind, number) do nothing",
		"ttitttttttttiiii", COURT_NATION, p->id, (int64_t)p->kind, p->number, p->name, p->mobile, p->email,
		p->address, p->representative, p->representative_number, p->operator, p->operator_number,
		(int64_t)p->state, p->waiting, p->since, (int64_t)p->lang);
	if (!err && db_changed(ctx) != 1)
		err = person_taken(ctx);
	return err ? err : person_names(ctx, p);
}

static enum mc_err person_correct_write(struct ctx *ctx, void *arg)
{
	const struct person *p = arg;
	struct person now, same;
	enum mc_err err = person_load(ctx, p->id, &now);
	if (err)
		return err;
	bool open = now.state == PERSON_REGISTERED;
	if (open && strcmp(now.number, p->number) && !person_by_number(ctx, now.kind, p->number, &same))
		return person_taken(ctx);
	ctx_forget(ctx);
	err = db_do(ctx,
		"update person set mobile = $1, email = $2, address = $3, lang = $4 where court = $5 and person = $6",
		"tttitt", p->mobile, p->email, p->address, (int64_t)p->lang, COURT_NATION, p->id);
	if (!err && open)
		err = db_do(ctx,
			"update person set number = $1, name = $2, representative = $3, representative_number = $4,"
			" operator = $5, operator_number = $6, waiting = $7 where court = $8 and person = $9 and state = 1",
			"ttttttitt", p->number, p->name, p->representative, p->representative_number, p->operator,
			p->operator_number, ctx->now, COURT_NATION, p->id);
	/* What one no longer owns must not open the account; a short name stays. */
	if (!err)
		err = db_do(ctx, "delete from account where court = $1 and person = $2 and name in ($3, $4, $5)", "ttttt",
			    COURT_NATION, p->id, now.number, now.mobile, now.email);
	return err ? err : person_load(ctx, p->id, &now) ? MC_STORE : person_names(ctx, &now);
}

enum mc_err person_correct(struct ctx *ctx, const struct person *person)
{
	struct person now, copy = *person;
	enum mc_err err = person_load(ctx, ctx->person, &now);
	if (err)
		return err;
	copy.id = now.id;
	copy.kind = now.kind;
	if (now.state != PERSON_REGISTERED) {
		copy.number = now.number;
		copy.name = now.name;
		copy.representative = now.representative;
		copy.representative_number = now.representative_number;
		copy.operator = now.operator;
		copy.operator_number = now.operator_number;
	}
	err = person_check(ctx, &copy);
	return err ? err : db_together(ctx, person_correct_write, &copy);
}

enum mc_err person_clerk(struct ctx *ctx)
{
	return office_anywhere(ctx, ctx->person) & (OFFICE_FILING | OFFICE_ADMIN) ? MC_OK
		: ctx_fail(ctx, MC_DENIED, (struct why){ .key = "person.clerks_only" });
}

static enum mc_err person_rows(struct ctx *ctx, struct row *r, int64_t limit, struct person **out, size_t *count)
{
	*out = arena_take(ctx->mem, (size_t)limit * sizeof **out);
	*count = 0;
	while (*count < (size_t)limit && db_next(r))
		(*out)[(*count)++] = person_of_row(r);
	return db_broken(r) ? MC_STORE : MC_OK;
}

enum mc_err person_waiting(struct ctx *ctx, const struct cursor *from, int64_t limit, struct person **out, size_t *count)
{
	assert(limit >= 1 && limit <= 201);
	enum mc_err err = person_clerk(ctx);
	if (err)
		return err;
	/* "<> 0" and not "> 0": of two places to begin at the worse might be taken. */
	return person_rows(ctx, from->back
		? db_ask(ctx, "select " PERSON_COLUMNS " from person where court = $1 and waiting <> 0 and (waiting, person) < ($2, $3)"
			      " order by waiting desc, person desc limit $4", "titi", COURT_NATION, from->at, from->id, limit)
		: db_ask(ctx, "select " PERSON_COLUMNS " from person where court = $1 and waiting <> 0 and (waiting, person) > ($2, $3)"
			      " order by waiting, person limit $4", "titi", COURT_NATION, from->at, from->id, limit), limit, out, count);
}

#define PERSON_EXACT " from person where court = $1 and person in (select m.person from person m where m.court = $1 and m.mobile = $2" \
	" union all select n.person from person n where n.court = $1 and n.kind in (1, 2, 3) and n.number = $2)"

/* Found by a whole number or mobile, which few people share. */
static enum mc_err person_exact(struct ctx *ctx, const char *words, int64_t limit, struct person **out, size_t *count)
{
	return person_rows(ctx, db_ask(ctx, "select " PERSON_COLUMNS PERSON_EXACT " order by person limit $3", "tti",
				       COURT_NATION, person_number(ctx->mem, words), limit), limit, out, count);
}

enum mc_err person_search(struct ctx *ctx, const char *words, const struct cursor *from, int64_t limit, struct person **out,
			  size_t *count)
{
	assert(limit >= 1 && limit <= 201);
	*count = 0;
	enum mc_err err = person_clerk(ctx);
	words = text_trim(ctx->mem, words);
	if (err || !*words)
		return err;
	if (!*from->id && ((err = person_exact(ctx, words, limit, out, count)) || *count))
		return err;
	/* A range instead of "like", so that the index serves: names that begin with the words. */
	return person_rows(ctx, from->back
		? db_ask(ctx, "select " PERSON_COLUMNS " from person where court = $1 and name >= $2 and (name, person) < ($3, $4)"
			      " order by name desc, person desc limit $5", "tttti", COURT_NATION, words, from->key, from->id, limit)
		: db_ask(ctx, "select " PERSON_COLUMNS " from person where court = $1 and name < $2 and (name, person) > ($3, $4)"
			      " order by name, person limit $5", "tttti", COURT_NATION, arena_print(ctx->mem, "%s\xf4\x8f\xbf\xbf", words),
			 *from->id ? from->key : words, from->id, limit), limit, out, count);
}
