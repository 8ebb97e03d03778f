#include "enclosure.h"
#include "reading.h"
#include "../base/arena.h"
#include "../store/db.h"

#include <string.h>

/* A desk elsewhere until it has passed the case on: what comes later is not its business. */
static bool enclosure_staff(const struct docket *d)
{
	const unsigned roles = ROLE_FILING | ROLE_CLERK | ROLE_ASSISTANT | ROLE_JUDGE | ROLE_PRESIDENT;
	return d->roles & roles || (d->roles & ROLE_DESK && d->stage == STAGE_RECEIVED);
}

static bool enclosure_field(struct arena *mem, enum act act, const char *path)
{
	const struct field *field = field_at(mem, act, path);
	return field && field->kind == FIELD_FILE;
}

bool enclosure_in(struct ctx *ctx, enum act act, const struct form *form, const char *digest, struct field_file *out)
{
	for (size_t i = 0; i < form->count; i++)
		if (!strncmp(form->pair[i].value, digest, 64) && enclosure_field(ctx->mem, act, form->pair[i].name)
		    && field_file(ctx->mem, form->pair[i].value, out))
			return true;
	return false;
}

static bool enclosure_may(const struct docket *d, enum act act, int actor)
{
	const struct party *own = docket_party(d, d->party);
	if (enclosure_staff(d))
		return true;
	return own && act && ((actor && actor == own->number) || docket_concerns(rule_of(act)->served, d, actor, own));
}

/* A party may open what was shown in evidence once it may know what is claimed. */
static enum mc_err enclosure_informed(struct ctx *ctx, const struct docket *d, bool *informed)
{
	struct reading *papers;
	size_t count;
	*informed = enclosure_staff(d);
	if (*informed || !d->party)
		return MC_OK;
	enum mc_err err = reading_list(ctx, d, &papers, &count);
	*informed = !err && reading_informed(d, papers, count);
	return err;
}

static enum mc_err enclosure_item(struct ctx *ctx, const struct docket *d, const char *digest, struct field_file *out)
{
	bool may;
	enum mc_err err = enclosure_informed(ctx, d, &may);
	if (err)
		return err;
	struct row *r = db_ask(ctx, "select file from item where court = $1 and docket = $2 and substr(file, 1, 64) = $3", "ttt",
			       d->court, d->id, digest);
	if (may && db_next(r) && field_file(ctx->mem, db_text(r, 0), out))
		return MC_OK;
	return db_broken(r) ? MC_STORE : MC_UNKNOWN;
}

static enum mc_err enclosure_entry(struct ctx *ctx, const struct docket *d, const char *digest, struct field_file *out)
{
	struct row *r = db_ask(ctx,
		"select act, party, form from entry where court = $1 and docket = $2 and form like '%' || $3 || '%'"
		" order by number limit 100", "ttt", d->court, d->id, digest);
	while (db_next(r)) {
		struct form *form;
		const char *json = db_text(r, 2);
		enum act act = rule_find(db_text(r, 0));
		if (!act || !enclosure_may(d, act, (int)db_int(r, 1)))
			continue;
		enum mc_err err = form_read(ctx, json, strlen(json), &form);
		if (err)
			return err;
		if (enclosure_in(ctx, act, form, digest, out))
			return MC_OK;
	}
	return db_broken(r) ? MC_STORE : MC_UNKNOWN;
}

enum mc_err enclosure_find(struct ctx *ctx, const struct docket *docket, const char *digest, struct field_file *out)
{
	/* Nothing but a digest goes into the pattern. */
	if (strlen(digest) != 64 || strspn(digest, "0123456789abcdef") != 64)
		return MC_UNKNOWN;
	enum mc_err err = enclosure_item(ctx, docket, digest, out);
	return err == MC_UNKNOWN ? enclosure_entry(ctx, docket, digest, out) : err;
}
