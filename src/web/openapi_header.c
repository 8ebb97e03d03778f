#include "openapi_header.h"
#include "openapi_form.h"
#include "view.h"

#include <string.h>

enum openapi_header_kind {
	HEADER_ANY   = 1 << 0,
	HEADER_WORDS = 1 << 1,  /* speaks a language, to somebody */
	HEADER_READ  = 1 << 2,  /* can be asked again for less: RFC 9110 section 13 */
	HEADER_ONCE  = 1 << 3,  /* acts, and with a key only once: http/once */
	HEADER_CASE  = 1 << 4,  /* acts in a case: web/case_view */
	HEADER_LIST  = 1 << 5,  /* a part of a long list: web/pager */
	HEADER_FILE  = 1 << 6,  /* bytes, whole or in part */
	HEADER_LIVE  = 1 << 7,  /* events without end */
	HEADER_PACED = 1 << 8,  /* counted: http/pace */
};

/* status: those whose answers carry it, NULL if one asks with it; "*" is every one. */
static const struct openapi_header {
	const char *name, *status;
	unsigned on;
	bool always;
	const char *key, *pattern;
} openapi_header_table[] = {
	{ "Accept-Language", NULL, HEADER_WORDS, false, "api.language", NULL },
	{ "Idempotency-Key", NULL, HEADER_ONCE, false, "api.once", NULL },
	{ "If-None-Match", NULL, HEADER_READ, false, "api.if_none_match", NULL },
	{ "If-Match", NULL, HEADER_CASE, false, "api.if_match", NULL },
	{ "Range", NULL, HEADER_FILE, false, "api.range", NULL },
	{ "If-Range", NULL, HEADER_FILE, false, "api.if_range", NULL },
	{ "Last-Event-ID", NULL, HEADER_LIVE, false, "api.last_event", NULL },
	{ "X-Request-Id", "*", HEADER_ANY, true, "api.request", "^[0-9A-Za-z_-]+$" },
	{ "Location", "201 303", HEADER_ANY, true, "api.location", NULL },
	{ "WWW-Authenticate", "401", HEADER_ANY, true, "api.challenge", "^Bearer " },
	{ "Retry-After", "429 503", HEADER_ANY, true, "api.retry", "^[0-9]+$" },
	{ "Retry-After", "409 423", HEADER_ANY, false, "api.retry_if", "^[0-9]+$" },
	{ "ETag", "200 206 304", HEADER_READ, false, "api.etag", "^\"[^\"]+\"$" },
	{ "Link", "200", HEADER_LIST, false, "api.link", "^<[^>]+>; ?rel=" },
	{ "Accept-Ranges", "200 206", HEADER_FILE, false, "api.ranges", "^bytes$" },
	{ "Content-Range", "206", HEADER_FILE, true, "api.range_sent", "^bytes [0-9]+-[0-9]+/[0-9]+$" },
	{ "Idempotency-Replayed", "200 201 303", HEADER_ONCE, false, "api.replayed", "^true$" },
	{ "RateLimit", "200 201 303 429", HEADER_PACED, false, "api.left", "^\"[a-z-]+\";r=-?[0-9]+;t=[0-9]+$" },
	{ "RateLimit-Policy", "200 201 303 429", HEADER_PACED, false, "api.allowance", "^\"[a-z-]+\";q=[0-9]+;w=[0-9]+$" },
	{ "X-CSRF-Token", "200 201", HEADER_WORDS, false, "api.csrf", NULL },
};

enum { OPENAPI_HEADERS = sizeof openapi_header_table / sizeof *openapi_header_table };

unsigned openapi_header_kind(const struct route *route, const struct api *api)
{
	bool open = route->flags & PAGE_OPEN, bare = route->flags & PAGE_BARE, post = route->method[0] == 'P';
	bool live = api->type && !strcmp(api->type, "text/event-stream");
	if (api->done)
		return HEADER_ANY | HEADER_PACED;
	unsigned kind = HEADER_ANY | (live ? HEADER_LIVE : 0) | (!bare ? HEADER_WORDS : 0) | (!open && !bare ? HEADER_PACED : 0);
	if (post)
		return kind | (open || api->anew ? 0 : HEADER_ONCE) | (api->each ? HEADER_CASE : 0);
	for (size_t i = 0; i < 3 && api->shows[i]; i++)
		if (strstr(api->shows[i]->schema, "\"pager\""))
			kind |= HEADER_LIST;
	return kind | (live ? 0 : HEADER_READ) | (api_file(route, api) ? HEADER_FILE : 0);
}

/* "200" in "200 201 303". */
static bool openapi_header_of(const struct openapi_header *header, const char *status)
{
	return header->status && (!strcmp(header->status, "*") || strstr(header->status, status));
}

/* Its name among the headers: one that is there with some statuses always and with others not stands there twice. */
static const char *openapi_header_shelf(const struct openapi_header *header)
{
	return !strcmp(header->key, "api.retry_if") ? "Retry-After-If-Known" : header->name;
}

static json_t *openapi_header_ref(const char *shelf, const char *name)
{
	return json_pack("{s:o}", "$ref", json_sprintf("#/components/%s/%s", shelf, name));
}

void openapi_header_ask(json_t *list, unsigned kind)
{
	for (size_t i = 0; i < OPENAPI_HEADERS; i++)
		if (!openapi_header_table[i].status && openapi_header_table[i].on & kind)
			json_array_append_new(list, openapi_header_ref("parameters", openapi_header_table[i].name));
}

json_t *openapi_header_answer(const char *status, unsigned kind)
{
	json_t *all = json_object();
	for (size_t i = 0; i < OPENAPI_HEADERS; i++) {
		const struct openapi_header *header = &openapi_header_table[i];
		if (openapi_header_of(header, status) && header->on & kind)
			json_object_set_new(all, header->name, openapi_header_ref("headers", openapi_header_shelf(header)));
	}
	return all;
}

void openapi_header_shelves(json_t *parameters, json_t *headers)
{
	for (size_t i = 0; i < OPENAPI_HEADERS; i++) {
		const struct openapi_header *header = &openapi_header_table[i];
		json_t *says = openapi_form_both(header->key);
		json_t *schema = json_pack("{s:s, s:s*}", "type", "string", "pattern", header->pattern);
		if (!header->status)
			json_object_set_new(parameters, header->name, json_pack("{s:s, s:s, s:o, s:o}", "name", header->name,
				"in", "header", "description", says, "schema", schema));
		else
			json_object_set_new(headers, openapi_header_shelf(header), json_pack("{s:b, s:o, s:o}", "required", (int)header->always,
				"description", says, "schema", schema));
	}
}
