#include "response.h"
#include "ask.h"
#include "cookie.h"
#include "etag.h"
#include "live.h"
#include "../base/arena.h"
#include "../base/lang.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define RESPONSE_RETRY 5        /* seconds until one may ask again, when the store is down */

static const struct {
	const char *name, *value;
} response_guards[] = {
	{ "Content-Security-Policy",
	  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
	  "media-src 'self'; form-action 'self'; font-src 'self'; base-uri 'none'; frame-ancestors 'none'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "same-origin" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Permissions-Policy", "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()" },
};

static bool response_number(const char **at, int64_t *out)
{
	int64_t n = 0;
	size_t digits = strspn(*at, "0123456789");
	if (digits > 15)
		return false;
	for (size_t i = 0; i < digits; i++)
		n = n * 10 + ((*at)[i] - '0');
	*at += digits;
	*out = digits ? n : -1;
	return true;
}

bool response_range(const char *header, int64_t size, int64_t *from, int64_t *length)
{
	int64_t first, last;
	if (strncmp(header, "bytes=", 6) != 0)
		return false;
	header += 6;
	if (!response_number(&header, &first) || *header++ != '-' || !response_number(&header, &last) || *header)
		return false;
	if (first < 0) {                /* the last so many bytes */
		if (last <= 0)
			return false;
		first = last < size ? size - last : 0;
		last = size - 1;
	}
	if (last < 0 || last >= size)
		last = size - 1;
	*from = first;
	*length = last - first + 1;
	return first <= last;
}

/* "attachment" with the name for old readers and in UTF-8 (RFC 6266, RFC 8187). */
static const char *response_disposition(struct arena *mem, const char *name)
{
	static const char hex[] = "0123456789ABCDEF";
	struct text out = text_begin(mem);
	text_add(&out, "attachment; filename=\"");
	for (const char *at = name; *at; at++)
		text_add_n(&out, *at >= 0x20 && *at < 0x7f && !strchr("\"\\%", *at) ? at : "_", 1);
	text_add(&out, "\"; filename*=UTF-8''");
	for (const char *at = name; *at; at++) {
		unsigned char c = (unsigned char)*at;
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-._~", c))
			text_add_n(&out, at, 1);
		else
			text_add_n(&out, (char[]){ '%', hex[c >> 4], hex[c & 15] }, 3);
	}
	return text_end(&out);
}

static const char *response_cache(struct request *r)
{
	bool bare = r->route && r->route->flags & PAGE_BARE;
	if (bare && r->reply.keep > 0)
		return arena_print(r->mem, "public, max-age=%" PRId64 ", immutable", r->reply.keep);
	/* Phones are shared: a page about somebody stays in no browser. A program may keep what it asked for. */
	bool kept = !*r->ctx.person || (r->ask.json && !r->reply.secret);
	return bare ? "no-cache" : kept ? "private, no-cache" : "no-store";
}

static bool response_unchanged(const struct request *r)
{
	const char *have = r->ask.header(&r->ask, "If-None-Match");
	return r->reply.etag && r->reply.status == 200 && *have && etag_named(have, r->reply.etag, false);
}

static struct MHD_Response *response_file(struct request *r, int64_t *bytes)
{
	struct reply *reply = &r->reply;
	int64_t from = 0, length = reply->file_size;
	const char *range = r->ask.header(&r->ask, "Range");
	/* A part of what the asker has the beginning of; if it has changed since, all of it. */
	const char *of = r->ask.header(&r->ask, "If-Range");
	bool same = !*of || (reply->etag && etag_named(of, reply->etag, true));
	bool part = reply->status == 200 && same && response_range(range, reply->file_size, &from, &length);
	*bytes = length;
	struct MHD_Response *response =
		MHD_create_response_from_fd_at_offset64((uint64_t)length, reply->file, (uint64_t)from);
	if (!response)
		return NULL;
	reply->file = 0;        /* the response closes it */
	MHD_add_response_header(response, "Accept-Ranges", "bytes");
	if (part) {
		reply->status = 206;
		MHD_add_response_header(response, "Content-Range",
			arena_print(r->mem, "bytes %" PRId64 "-%" PRId64 "/%" PRId64, from, from + length - 1,
				    reply->file_size));
	}
	return response;
}

static void response_headers(struct MHD_Response *response, struct request *r, bool last)
{
	const struct reply *reply = &r->reply;
	for (size_t i = 0; i < sizeof response_guards / sizeof *response_guards; i++)
		MHD_add_response_header(response, response_guards[i].name, response_guards[i].value);
	MHD_add_response_header(response, "Cache-Control", response_cache(r));
	bool bare = r->route && r->route->flags & PAGE_BARE;
	if (!bare)
		MHD_add_response_header(response, "Vary", "Accept, Accept-Language, Authorization, Cookie");
	bool empty = reply->status == 304 || reply->status == 204;
	if (!empty)
		MHD_add_response_header(response, "Content-Type", reply->type);
	if (!empty && !bare)
		MHD_add_response_header(response, "Content-Language", lang_tag(r->ctx.lang));
	if (reply->where)
		MHD_add_response_header(response, "Location", reply->where);
	if (reply->name)
		MHD_add_response_header(response, "Content-Disposition", response_disposition(r->mem, reply->name));
	if (reply->etag)
		MHD_add_response_header(response, "ETag", arena_print(r->mem, "\"%s\"", reply->etag));
	if (*r->allow)
		MHD_add_response_header(response, "Allow", r->allow);
	/* RFC 9110 section 15.5.2: who is asked to say who they are is told how. */
	if (*r->challenge || reply->status == 401)
		MHD_add_response_header(response, "WWW-Authenticate",
					*r->challenge ? r->challenge : "Bearer realm=\"microcourt\"");
	int retry = reply->retry ? reply->retry : reply->status == 503 ? RESPONSE_RETRY : 0;
	if (retry)
		MHD_add_response_header(response, "Retry-After", arena_print(r->mem, "%d", retry));
	for (size_t i = 0; i < REPLY_HEADERS && reply->header[i].name; i++)
		MHD_add_response_header(response, reply->header[i].name, reply->header[i].value);
	if (r->ask.json && *r->ask.csrf)
		MHD_add_response_header(response, "X-CSRF-Token", r->ask.csrf);
	for (size_t i = 0; i < 2; i++)
		if (reply->cookie[i])
			MHD_add_response_header(response, "Set-Cookie", reply->cookie[i]);
	if (r->caller.visitor)
		MHD_add_response_header(response, "Set-Cookie", r->caller.visitor);
	if (cookie_secure(r->site->origin))
		MHD_add_response_header(response, "Strict-Transport-Security", "max-age=31536000");
	MHD_add_response_header(response, "X-Request-Id", r->ctx.request);
	if (last)
		MHD_add_response_header(response, "Connection", "close");
}

enum MHD_Result response_send(struct MHD_Connection *connection, struct request *r, struct live *live, bool last,
			      int64_t *bytes)
{
	struct reply *reply = &r->reply;
	struct MHD_Response *response;
	if (!reply->status)
		reply->status = 200;
	if (!reply->type)
		reply->type = reply->stream ? "text/event-stream" : "text/html; charset=utf-8";
	*bytes = (int64_t)reply->body.size;
	if (response_unchanged(r)) {
		reply->status = 304;
		*bytes = 0;
		response = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
	} else if (reply->stream) {
		*bytes = -1;
		response = live_response(live, connection, reply->stream, *r->ask.header(&r->ask, "Last-Event-ID"));
		if (response)
			MHD_add_response_header(response, "X-Accel-Buffering", "no");
	} else if (reply->file > 0) {
		response = response_file(r, bytes);
	} else {
		response = MHD_create_response_from_buffer(reply->body.size, reply->body.bytes,
							   MHD_RESPMEM_PERSISTENT);
	}
	if (!response)
		return MHD_NO;
	response_headers(response, r, last);
	enum MHD_Result sent = MHD_queue_response(connection, (unsigned)reply->status, response);
	MHD_destroy_response(response);
	return sent;
}
