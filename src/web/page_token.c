/* What programs may do in one's name: the tokens that one gave them, a new one, and their end. */
#include "blank.h"
#include "pager.h"
#include "pages.h"
#include "problem.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../court/login.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE_TOKEN_MOST = 20 };  /* of those that have ended, on one page */

static const char *page_token_key(struct ctx *ctx, unsigned scope)
{
	return arena_print(ctx->mem, "token.scope_%s", token_scope_word(scope));
}

/* "Read cases and papers, do acts in cases". */
static const char *page_token_scopes(struct ctx *ctx, unsigned scopes)
{
	struct text words = text_begin(ctx->mem);
	for (int i = 0; i < TOKEN_SCOPES; i++)
		if (scopes & 1u << i) {
			text_add(&words, words.size ? lang_say(ctx->lang, "account.and") : "");
			text_add(&words, lang_say(ctx->lang, page_token_key(ctx, 1u << i)));
		}
	return text_end(&words);
}

static unsigned page_token_wanted(struct ctx *ctx, const struct form *form)
{
	unsigned scopes = 0;
	for (unsigned i = 0; i < TOKEN_SCOPES; i++)
		if (*form_get(form, arena_print(ctx->mem, "scopes.is.%s", token_scope_word(1u << i))))
			scopes |= 1u << i;
	/* A program may send {"scopes": ["read", "act"]}. */
	for (int row = 1; row <= TOKEN_SCOPES; row++)
		scopes |= token_scope_of(form_get(form, arena_print(ctx->mem, "scopes.%d", row)));
	return scopes;
}

static int64_t page_token_days(const char *text)
{
	char *end;
	long days = strtol(text, &end, 10);
	return *text && !*end ? days : *text ? 0 : TOKEN_DAYS;
}

static struct view_form *page_token_form(struct ctx *ctx, const struct ask *ask)
{
	static const char *const days[] = { "7", "30", "90", "180", "365" };
	struct view_form *form = blank_begin(ctx, ask, "/account/tokens", "tokens.submit", "");
	unsigned wanted = page_token_wanted(ctx, ask->form);
	const char *asked = form_get(ask->form, "days");
	blank_field(ctx, form, BLANK_LINE, "name", "tokens.name", form_get(ask->form, "name"));
	struct view_form_field *field = blank_field(ctx, form, BLANK_TICKS, "scopes", "tokens.scopes", "");
	for (unsigned i = 0; i < TOKEN_SCOPES; i++) {
		if (1u << i == TOKEN_STAFF && !ask->staff)
			continue;
		const char *key = page_token_key(ctx, 1u << i);
		blank_option(ctx, field, token_scope_word(1u << i), lang_say(ctx->lang, key),
			     lang_say(ctx->lang, arena_print(ctx->mem, "%s_help", key)));
		field->options[field->options_count - 1].chosen = wanted & 1u << i;
	}
	field = blank_field(ctx, form, BLANK_CHOICE, "days", "tokens.days", *asked ? asked : "90");
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		blank_option(ctx, field, days[i], lang_print(ctx->mem, ctx->lang, "tokens.day_count", days[i], NULL, NULL), "");
	blank_field(ctx, form, BLANK_PASSWORD, "password", "tokens.password", "")->autocomplete = "current-password";
	form->cancel = "/account";
	blank_wrong(ctx, form);
	return form;
}

static void page_token_row(struct ctx *ctx, const struct token *t, struct view_tokens *model)
{
	model->living = model->living || !t->ended;
	model->tokens[model->tokens_count++] = (struct view_token){
		.token = t->digest, .name = t->name, .scopes = page_token_scopes(ctx, t->scopes), .since = t->since,
		.seen = t->seen, .address = t->address, .ends = t->ends, .ended = t->ended,
	};
}

/* Those that last stand on every page. */
static enum mc_err page_token_rows(struct ctx *ctx, const struct ask *ask, struct view_tokens *model)
{
	struct token *list, *past;
	size_t count, ended;
	struct cursor from, first = cursor_start, last = cursor_start;
	enum mc_err err = pager_from(ctx, ask, &from);
	if (err || (err = token_list(ctx, &list, &count)) || (err = token_past(ctx, &from, PAGE_TOKEN_MOST + 1, &past, &ended)))
		return err;
	struct cursor_sides sides = cursor_cut(&from, past, &ended, sizeof *past, PAGE_TOKEN_MOST);
	model->tokens = arena_take(ctx->mem, (count + ended + 1) * sizeof *model->tokens);
	for (size_t i = 0; i < count; i++)
		page_token_row(ctx, &list[i], model);
	for (size_t i = 0; i < ended; i++)
		page_token_row(ctx, &past[i], model);
	if (ended) {
		first = (struct cursor){ .at = past[0].since, .id = past[0].digest };
		last = (struct cursor){ .at = past[ended - 1].since, .id = past[ended - 1].digest };
	}
	pager_fill(ctx, "/account/tokens", sides, &first, &last, &model->pager);
	return MC_OK;
}

static enum mc_err page_token_draw(struct ctx *ctx, const struct ask *ask, struct reply *reply, const char *told,
				   const char *told_name)
{
	struct view_tokens model = { .told = told, .told_name = told_name, .csrf = ask->csrf };
	struct why *why = ctx->why;
	ctx->why = NULL;
	enum mc_err err = page_token_rows(ctx, ask, &model);
	if (err)
		return err;
	ctx->why = why;
	page_head(ctx, ask, lang_say(ctx->lang, "tokens.title"), &model.page);
	model.page.wrong = ctx->why != NULL;
	pager_link(ctx, &model.pager, reply);
	model.form = ask->verified ? page_token_form(ctx, ask) : NULL;
	return page_show(ctx, ask, reply, &view_tokens, &model);
}

static enum mc_err page_token_list(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	return page_token_draw(ctx, ask, reply, "", "");
}

static enum mc_err page_token_make(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	const char *told = "", *name = form_get(ask->form, "name");
	enum mc_err err = login_again(ctx, form_get(ask->form, "password"), "password");
	if (!err)
		err = token_make(ctx, name, page_token_wanted(ctx, ask->form),
				 page_token_days(form_get(ask->form, "days")), &told);
	/* The token is shown in this answer alone: a redirect would have to keep it somewhere. */
	if (!err) {
		struct ask anew = *ask;
		anew.form = form_begin(ctx->mem);
		reply->secret = true;
		return page_token_draw(ctx, &anew, reply, told, name);
	}
	problem_mark(ctx, err, reply);
	return ask->json ? err : page_token_draw(ctx, ask, reply, "", "");
}

static enum mc_err page_token_end(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	enum mc_err err = token_end(ctx, form_get(ask->form, "end"));
	return err ? err : page_go(ctx, reply, "/account/tokens?done=token_ended");
}

const struct route *page_token(void)
{
	static const struct route routes[] = {
		{ "GET",  "/account/tokens",     PAGE_SIGNED | PAGE_BROWSER, page_token_list },
		{ "POST", "/account/tokens",     PAGE_VERIFIED | PAGE_WORKER | PAGE_BROWSER, page_token_make },
		{ "POST", "/account/tokens/end", PAGE_SIGNED | PAGE_WORKER | PAGE_BROWSER, page_token_end },
		{ 0 }
	};
	return routes;
}
