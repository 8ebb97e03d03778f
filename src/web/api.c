#include "api.h"
#include "pages.h"
#include "view.h"
#include "../base/arena.h"

#include <string.h>

#define SHOWS(...) .shows = { __VA_ARGS__ }
#define ASKS(...) .asks = (const struct field[]){ __VA_ARGS__ { .what = FIELD_FORM } }
#define TAKES(...) .takes = (const struct field[]){ __VA_ARGS__ { .what = FIELD_FORM } }
#define HEADS(...) .heads = (const struct field[]){ __VA_ARGS__ { .what = FIELD_FORM } }
#define TELLS(...) .tells = (const struct field[]){ __VA_ARGS__ { .what = FIELD_FORM } }
#define VALUE(id, sort, zh, en, ...) { .what = FIELD_FIELD, .name = #id, .kind = FIELD_##sort, .label = { zh, en }, __VA_ARGS__ },
#define ONE(value, zh, en) { .what = FIELD_OPTION, .name = value, .label = { zh, en } },

#define PIECE(id, zh, en)
#define HEADING(id, zh, en) { .name = id, .says = { zh, en } },
#define OPERATION(verb, where, id, zh, en, ...) { .method = #verb, .path = where, .name = id, .says = { zh, en }, __VA_ARGS__ },
static const struct api api_table[] = {
#include "api.tbl"
};
#undef PIECE
#undef HEADING
#undef OPERATION

#define HEADING(...)
#define PIECE(id, zh, en) { #id, { zh, en } },
#define OPERATION(...)
static const struct api_piece api_pieces[] = {
#include "api.tbl"
};
#undef PIECE
#undef HEADING
#undef OPERATION
#undef SHOWS
#undef ASKS
#undef TAKES
#undef HEADS
#undef TELLS
#undef VALUE
#undef ONE

enum { API_ROWS = sizeof api_table / sizeof *api_table, API_PIECES = sizeof api_pieces / sizeof *api_pieces };

static bool api_is(const struct api *row, const struct route *route)
{
	return row->path && !strcmp(row->path, route->path) && !strcmp(row->method, route->method);
}

const struct api *api_of(const struct route *route)
{
	for (size_t i = 0; i < API_ROWS; i++)
		if (api_is(&api_table[i], route))
			return &api_table[i];
	return NULL;
}

const struct api_piece *api_piece(const char *name, size_t size)
{
	for (size_t i = 0; i < API_PIECES; i++)
		if (!strncmp(api_pieces[i].name, name, size) && !api_pieces[i].name[size])
			return &api_pieces[i];
	return NULL;
}

const struct api_piece *api_piece_at(size_t at) { return at < API_PIECES ? &api_pieces[at] : NULL; }

const struct api *api_row(size_t at) { return at < API_ROWS ? &api_table[at] : NULL; }

const struct route *api_route(const struct api *api)
{
	for (size_t t = 0; api->path && pages_all[t]; t++)
		for (const struct route *r = pages_all[t](); r->path; r++)
			if (api_is(api, r))
				return r;
	return NULL;
}

const struct api *api_section(const struct api *api)
{
	while (api->method)
		api--;
	return api;
}

const char *api_path(struct arena *mem, const struct api *api, enum act act)
{
	struct text path = text_begin(mem);
	for (const char *at = api->path; *at;) {
		size_t n = strcspn(at, ":"), m = at[n] ? strcspn(at + n, "/") : 0;
		text_add_n(&path, at, n);
		if (m && api->each && !strncmp(at + n, ":act", m))
			text_add(&path, rule_word(mem, act));
		else if (m)
			text_print(&path, "{%.*s}", (int)m - 1, at + n + 1);
		at += n + m;
	}
	return text_end(&path);
}

const char *api_name(struct arena *mem, const struct api *api, enum act act)
{
	struct text name = text_begin(mem);
	bool big = true;
	if (!api->each)
		return api->name;
	text_add(&name, "act");
	for (const char *c = rule_of(act)->code; *c; c++) {
		char letter = big ? *c : (char)(*c | 0x20);
		if (*c != '_')
			text_add_n(&name, &letter, 1);
		big = *c == '_';
	}
	text_add(&name, api->name);
	return text_end(&name);
}

bool api_file(const struct route *route, const struct api *api)
{
	return api->type && !strcmp(api->type, "*/*") && !(route->flags & PAGE_BARE);
}

const char *api_who(const struct route *route)
{
	return route->flags & PAGE_PUBLIC ? "api.public" : route->flags & PAGE_STAFF ? "api.staff"
		: route->flags & PAGE_VERIFIED ? "api.verified" : "api.signed";
}

static bool api_has_pieces(const char *path)
{
	for (const char *at = path; (at = strchr(at, ':')) != NULL; at++)
		if (!api_piece(at + 1, strcspn(at + 1, "/")))
			return false;
	return true;
}

const char *api_check(struct arena *mem)
{
	for (size_t t = 0; pages_all[t]; t++)
		for (const struct route *r = pages_all[t](); r->path; r++)
			if (!api_of(r) || !api_has_pieces(r->path))
				return arena_print(mem, "%s %s", r->method, r->path);
	for (size_t i = 0; i < API_ROWS; i++)
		if (api_table[i].method && !api_route(&api_table[i]))
			return arena_print(mem, "%s %s", api_table[i].method, api_table[i].path);
	return NULL;
}
