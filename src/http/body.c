#include "body.h"
#include "ask.h"
#include "caller.h"
#include "intake.h"
#include "multipart.h"
#include "../base/arena.h"

#include <stdlib.h>
#include <string.h>

#define BODY_FORM (2 << 20)             /* bytes of a plain form */
#define BODY_RAW (64 << 10)             /* of a call-back */
#define BODY_FILE (100LL << 20)         /* of one file */
#define BODY_FILES (500LL << 20)        /* of all files of one form */
#define BODY_FILE_COUNT 50
#define BODY_DRAIN (1 << 20)            /* read and thrown away, so that the sender reads our answer */

static int64_t body_limit(const struct route *route, bool multipart)
{
	if (!route)
		return 0;
	if (route->flags & PAGE_STREAM)
		return INT64_MAX / 2;
	if (route->flags & PAGE_OPEN)
		return BODY_RAW;
	return route->flags & PAGE_FILES && multipart ? BODY_FILES : BODY_FORM;
}

void body_expect(struct body *body, const struct ask *ask, const struct route *route, int64_t length)
{
	const char *type = ask->header(ask, "Content-Type");
	unsigned flags = route ? route->flags : 0;
	bool form = ask_type_is(type, "multipart/form-data") && !(flags & PAGE_STREAM);
	*body = (struct body){ .text = text_begin(ask->mem), .size = length, .most = body_limit(route, form) };
	if (form && !(flags & PAGE_OPEN))
		body->multipart = multipart_begin(ask->mem, type, ask->store, (struct multipart_limits){
			.values = BODY_FORM, .file = flags & PAGE_FILES ? BODY_FILE : 0, .files = BODY_FILE_COUNT,
		}, ask->form);
}

static enum mc_err body_too_large(struct ctx *ctx, const struct body *body, const char *key)
{
	return ctx_fail(ctx, MC_TOO_LARGE, (struct why){
		.key = key, .arg = { arena_print(ctx->mem, "%lld", (long long)(body->most >> 20)) } });
}

enum mc_err body_announced(struct ctx *ctx, const struct body *body, const struct route *route)
{
	if (body->size <= body->most)
		return MC_OK;
	return body_too_large(ctx, body, route->flags & PAGE_FILES ? "request.too_large" : "form.too_large");
}

bool body_floods(const struct body *body) { return body->size > body->most + BODY_DRAIN; }

enum mc_err body_add(struct ctx *ctx, struct body *body, const struct ask *ask, struct reply *reply, const char *bytes,
		     size_t n)
{
	if (body->size > body->most)
		return body_too_large(ctx, body, "form.too_large");
	if (ask->intake) {
		enum mc_err err = ask->intake->take(ctx, ask->intake, reply, bytes, n);
		/* Gigabytes that nobody wants are not listened to until the end. */
		if (err)
			body->most = body->size;
		return err;
	}
	if (body->multipart)
		return multipart_add(ctx, body->multipart, bytes, n);
	text_add_n(&body->text, bytes, n);
	return MC_OK;
}

enum mc_err body_form(struct ctx *ctx, struct body *body, struct ask *ask, const struct route *route)
{
	const char *type = ask->header(ask, "Content-Type");
	ask->body = text_end(&body->text);
	if (route->flags & (PAGE_OPEN | PAGE_STREAM) || !caller_acts(ask))
		return MC_OK;
	if (ask_type_is(type, "application/json"))
		return form_read(ctx, ask->body, body->text.size, &ask->form);
	if (ask_type_is(type, "application/x-www-form-urlencoded"))
		return ask_pairs(ctx, ask->body, body->text.size, ask->form);
	if (!body->size || body->multipart)
		return MC_OK;
	return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "request.type" });
}

enum mc_err body_files(struct ctx *ctx, struct body *body, struct ask *ask)
{
	if (!body->multipart)
		return MC_OK;
	enum mc_err err = body->size ? multipart_end(ctx, body->multipart) : MC_OK;
	if (err)
		return err;
	ask->files = multipart_files(body->multipart);
	ask->wrong = multipart_wrong(body->multipart);
	return MC_OK;
}
