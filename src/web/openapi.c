#include "openapi.h"
#include "api.h"
#include "openapi_form.h"
#include "openapi_header.h"
#include "openapi_model.h"
#include "problem.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/digest.h"
#include "../base/lang.h"
#include "../base/version.h"
#include "../court/token.h"
#include "../http/bearer.h"

#include <jansson.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static json_t *openapi_ref(const char *shelf, const char *name)
{
	return json_pack("{s:o}", "$ref", json_sprintf("#/components/%s/%s", shelf, name));
}

/* -- forms ---------------------------------------------------------------------------- */

static size_t openapi_rows(const struct field *field)
{
	size_t n = 0;
	while (field && field[n].what != FIELD_FORM)
		n++;
	return n;
}

/* What a POST takes: the form of an act, named on the shelf, or the values of a small form, said in place;
 * one of both where there are both. */
static json_t *openapi_body(const struct route *route, const struct api *api, enum act act, json_t *schemas)
{
	size_t count = 0;
	const struct field *field = act ? field_form(act, &count) : api->takes;
	json_t *nested, *flat, *content = json_object();
	if (!act)
		count = openapi_rows(field);
	nested = openapi_form_nested(field ? field : &(struct field){ .what = FIELD_FORM }, count);
	flat = openapi_form_flat(field ? field : &(struct field){ .what = FIELD_FORM }, count);
	if (field && act) {
		const char *code = rule_of(rule_of(act)->form ? rule_of(act)->form : act)->code;
		char name[100];
		snprintf(name, sizeof name, "%s", code);
		json_object_set_new(schemas, name, nested);
		nested = openapi_ref("schemas", name);
		snprintf(name, sizeof name, "%s_FORM", code);
		json_object_set_new(schemas, name, flat);
		flat = openapi_ref("schemas", name);
	}
	if (act && api->takes)
		nested = json_pack("{s:[o, o]}", "anyOf", nested, openapi_form_nested(api->takes, openapi_rows(api->takes)));
	json_object_set_new(content, "application/json", json_pack("{s:o}", "schema", nested));
	if (!(route->flags & PAGE_OPEN)) {
		json_object_set_new(content, "multipart/form-data", json_pack("{s:O}", "schema", flat));
		json_object_set_new(content, "application/x-www-form-urlencoded", json_pack("{s:O}", "schema", flat));
	}
	json_decref(flat);
	return json_pack("{s:o}", "content", content);
}

/* -- answers -------------------------------------------------------------------------- */

static void openapi_html(json_t *content, const struct route *route)
{
	if (!(route->flags & PAGE_BARE))
		json_object_set_new(content, "text/html", json_pack("{s:{s:s}}", "schema", "type", "string"));
}

/* A program is told in words what a browser is led on to: by a form that was taken, and by a request sent again
 * whose answer is not there any more. */
static bool openapi_leads(const struct route *route, const struct api *api)
{
	return route->method[0] == 'P' && !(route->flags & PAGE_OPEN) && !api->done && (api->sends || !api->anew);
}

static json_t *openapi_shown(const struct route *route, const struct api *api)
{
	bool pages = false;
	json_t *headers = openapi_header_answer("200", openapi_header_kind(route, api));
	if (api->type)
		return json_pack("{s:o, s:o, s:{s:{}}}", "description", openapi_form_words(api->says[LANG_ZH], api->says[LANG_EN]),
			"headers", headers, "content", api->type);
	json_t *content = json_object(), *any = json_array();
	for (size_t i = 0; i < 3 && api->shows[i]; i++) {
		json_array_append_new(any, openapi_ref("schemas", api->shows[i]->name));
		pages = pages || api->shows[i]->html;
	}
	if (openapi_leads(route, api))
		json_array_append_new(any, openapi_ref("schemas", view_led.name));
	json_t *one = json_array_size(any) == 1 ? json_incref(json_array_get(any, 0)) : json_pack("{s:O}", "anyOf", any);
	json_object_set_new(content, "application/json", json_pack("{s:o}", "schema", one));
	json_decref(any);
	if (pages)
		openapi_html(content, route);
	return json_pack("{s:s, s:o, s:o}", "description", "好 · OK", "headers", headers, "content", content);
}

/* An answer that says all in its headers. */
static json_t *openapi_told(const struct api *api)
{
	json_t *headers = json_object();
	for (const struct field *f = api->tells; f && f->what != FIELD_FORM; f++)
		json_object_set_new(headers, f->name, json_pack("{s:o, s:o}", "description",
			openapi_form_words(f->label[LANG_ZH], f->label[LANG_EN]), "schema", openapi_form_asked(f)));
	return json_pack("{s:s, s:o}", "description", "做成了 · Done", "headers", headers);
}

static void openapi_fails(json_t *answers, const char *status)
{
	json_object_set_new(answers, status, openapi_ref("responses", status));
}

/* What can go wrong follows from what the route is. */
static void openapi_failures(json_t *answers, const struct route *route, const struct api *api)
{
	bool post = route->method[0] == 'P', open = route->flags & PAGE_OPEN, bare = route->flags & PAGE_BARE;
	bool anyone = route->flags & PAGE_PUBLIC, pieces = strchr(route->path, ':') != NULL;
	if (post && !open)
		openapi_fails(answers, "400");
	if (!bare && !open)
		openapi_fails(answers, "401");
	if (post || !anyone || route->flags & PAGE_BROWSER)
		openapi_fails(answers, "403");
	if (pieces || (post && !anyone))
		openapi_fails(answers, "404");
	if (post && !open)
		openapi_fails(answers, "409");
	if (api->each && post)
		openapi_fails(answers, "412");
	if (post)
		openapi_fails(answers, "413");
	if (!bare) {
		openapi_fails(answers, "422");
		openapi_fails(answers, "429");
		openapi_fails(answers, "503");
	}
	if (!bare && !open)
		openapi_fails(answers, "303");
	for (size_t i = 0; i < sizeof api->also / sizeof *api->also && api->also[i]; i++) {
		char status[8];
		snprintf(status, sizeof status, "%d", api->also[i]);
		/* Who watches over the program gets the same figures when it does not serve. */
		if (bare && api->shows[0])
			json_object_set_new(answers, status, openapi_shown(route, api));
		else
			openapi_fails(answers, status);
	}
}

static json_t *openapi_answers(const struct route *route, const struct api *api)
{
	json_t *answers = json_object();
	if (api->shows[0] || api->type || openapi_leads(route, api))
		json_object_set_new(answers, "200", openapi_shown(route, api));
	if (api->makes)
		json_object_set_new(answers, "201", json_pack("{s:s, s:o, s:{s:{s:o}}}", "description", "做成了 · Done", "headers",
			openapi_header_answer("201", openapi_header_kind(route, api)), "content", "application/json",
			"schema", openapi_ref("schemas", api->makes->name)));
	if (api->done)
		json_object_set_new(answers, api->done == 200 ? "200" : api->done == 201 ? "201" : "204", openapi_told(api));
	if (api_file(route, api))
		openapi_fails(answers, "206");
	if (route->method[0] == 'G' && !api->sends && !(api->type && !strcmp(api->type, "text/event-stream")))
		openapi_fails(answers, "304");
	openapi_failures(answers, route, api);
	return answers;
}

/* -- operations ----------------------------------------------------------------------- */

static json_t *openapi_parameters(const struct route *route, const struct api *api, bool fixed)
{
	json_t *list = json_array();
	for (const char *at = route->path; (at = strchr(at, ':')) != NULL; at++) {
		size_t n = strcspn(at + 1, "/");
		const struct api_piece *piece = api_piece(at + 1, n);
		if (!fixed || strcmp(piece->name, "act") != 0)
			json_array_append_new(list, openapi_ref("parameters", piece->name));
	}
	for (size_t i = 0; i < 2; i++)
		for (const struct field *f = i ? api->heads : api->asks; f && f->what != FIELD_FORM; f++)
			json_array_append_new(list, json_pack("{s:s, s:s, s:b, s:o, s:o}", "name", f->name, "in", i ? "header" : "query",
				"required", i && f->need, "description", openapi_form_words(f->label[LANG_ZH], f->label[LANG_EN]),
				"schema", openapi_form_asked(f)));
	openapi_header_ask(list, openapi_header_kind(route, api));
	return list;
}

/* By a session, whose changes need its token too (as the header, or as the field csrf of a form), or
 * by a program's own token, if it has the scopes. */
static json_t *openapi_security(const struct route *route)
{
	json_t *ways = json_array(), *scopes = json_array();
	unsigned want = bearer_scopes(route);
	if (!(route->flags & PAGE_PUBLIC) && route->method[0] == 'P')
		json_array_append_new(ways, json_pack("{s:[], s:[]}", "session", "csrf"));
	if (!(route->flags & PAGE_PUBLIC))
		json_array_append_new(ways, json_pack("{s:[]}", "session"));
	for (unsigned scope = TOKEN_READ; scope <= TOKEN_STAFF; scope <<= 1)
		if (want != BEARER_ANY && want & scope)
			json_array_append_new(scopes, json_string(token_scope_word(scope)));
	if (!(route->flags & PAGE_PUBLIC) && want != BEARER_NEVER)
		json_array_append_new(ways, json_pack("{s:O}", "bearer", scopes));
	json_decref(scopes);
	return ways;
}

/* Who does the act, and the article that gives it its place. */
static void openapi_law(struct arena *mem, json_t *operation, enum act act)
{
	const struct rule *rule = rule_of(act);
	struct text who[LANG_COUNT] = { text_begin(mem), text_begin(mem) };
	for (unsigned role = ROLE_FILER; role <= ROLE_SYSTEM; role <<= 1)
		for (enum lang lang = LANG_ZH; rule->by & role && lang < LANG_COUNT; lang++) {
			text_add(&who[lang], !who[lang].size ? "" : lang == LANG_ZH ? "、" : ", ");
			text_add(&who[lang], rule_role_name(role, lang));
		}
	json_object_set_new(operation, "description", json_sprintf("%s · %s\n\n%s", text_end(&who[LANG_ZH]), text_end(&who[LANG_EN]), rule->law));
	json_object_set_new(operation, "x-act", json_string(rule->code));
	json_object_set_new(operation, "x-law", json_string(rule->law));
}

static json_t *openapi_operation(struct arena *mem, const struct route *route, const struct api *api, enum act act, json_t *schemas)
{
	const struct rule *rule = act ? rule_of(act) : NULL;
	json_t *operation = json_pack("{s:s, s:o, s:o, s:o}", "operationId", api_name(mem, api, act), "summary",
		api->each ? json_sprintf("%s%s · %s%s", rule->name[LANG_ZH], api->says[LANG_ZH], rule->name[LANG_EN], api->says[LANG_EN])
			  : openapi_form_words(api->says[LANG_ZH], api->says[LANG_EN]),
		"description", openapi_form_both(api_who(route)), "tags", json_pack("[s]", api_section(api)->name));
	if (act)
		openapi_law(mem, operation, act);
	json_object_set_new(operation, "security", openapi_security(route));
	json_t *parameters = openapi_parameters(route, api, api->each);
	if (json_array_size(parameters))
		json_object_set(operation, "parameters", parameters);
	json_decref(parameters);
	if (route->method[0] == 'P' && !(route->flags & PAGE_STREAM))
		json_object_set_new(operation, "requestBody", openapi_body(route, api, act, schemas));
	if (route->flags & PAGE_STREAM)
		json_object_set_new(operation, "requestBody", json_pack("{s:{s:{}}}", "content", "application/offset+octet-stream"));
	json_object_set_new(operation, "responses", openapi_answers(route, api));
	return operation;
}

static void openapi_add(struct arena *mem, json_t *paths, const struct api *api, enum act act, json_t *schemas)
{
	const struct route *route = api_route(api);
	const char *path = api_path(mem, api, act);
	if (!json_object_get(paths, path))
		json_object_set_new(paths, path, json_object());
	char *method = arena_copy(mem, route->method);
	for (char *at = method; *at; at++)
		*at = (char)(*at | 0x20);
	json_object_set_new(json_object_get(paths, path), method,
		openapi_operation(mem, route, api, act, schemas));
}

static json_t *openapi_paths(struct arena *mem, json_t *schemas)
{
	json_t *paths = json_object();
	const struct api *api;
	for (size_t i = 0; (api = api_row(i)) != NULL; i++) {
		for (enum act act = ACT_NONE + 1; api->each && act < ACT_COUNT; act++)
			if (rule_offered(act))
				openapi_add(mem, paths, api, act, schemas);
		if (api->method && !api->each)
			openapi_add(mem, paths, api, api->act, schemas);
	}
	return paths;
}

/* -- what they share -------------------------------------------------------------------- */

static void openapi_failure(json_t *shelf, const char *status, const char *key)
{
	json_object_set_new(shelf, status, json_pack("{s:o, s:o, s:{s:{s:o}, s:{s:{s:s}}}}", "description", openapi_form_both(key),
		"headers", openapi_header_answer(status, ~0u), "content", "application/problem+json", "schema",
		openapi_ref("schemas", "problem"), "text/html", "schema", "type", "string"));
}

static void openapi_bodiless(json_t *shelf, const char *status, const char *key)
{
	json_object_set_new(shelf, status, json_pack("{s:o, s:o}", "description", openapi_form_both(key),
		"headers", openapi_header_answer(status, ~0u)));
}

/* Statuses that say more than our codes do. */
static const struct { const char *status, *key; } openapi_further[] = {
	{ "400", "api.unreadable" }, { "415", "upload.content" }, { "423", "upload.busy" }, { "429", "api.slow" },
	{ "460", "upload.checksum" }, { "507", "store.full" },
};

static json_t *openapi_responses(void)
{
	json_t *shelf = json_object();
	for (enum mc_err err = MC_OK + 1; err < MC_ERR_COUNT; err++) {
		char status[8];
		snprintf(status, sizeof status, "%d", problem_status(err));
		openapi_failure(shelf, status, problem_title(err));
	}
	for (size_t i = 0; i < sizeof openapi_further / sizeof *openapi_further; i++)
		openapi_failure(shelf, openapi_further[i].status, openapi_further[i].key);
	openapi_bodiless(shelf, "303", "api.elsewhere");
	openapi_bodiless(shelf, "304", "api.unchanged");
	openapi_bodiless(shelf, "206", "api.part");
	return shelf;
}

static json_t *openapi_pieces(void)
{
	json_t *shelf = json_object();
	const struct api_piece *piece;
	for (size_t i = 0; (piece = api_piece_at(i)) != NULL; i++)
		json_object_set_new(shelf, piece->name, json_pack("{s:s, s:s, s:b, s:o, s:{s:s}}", "name", piece->name, "in", "path",
			"required", 1, "description", openapi_form_words(piece->says[LANG_ZH], piece->says[LANG_EN]), "schema", "type", "string"));
	return shelf;
}

static json_t *openapi_tags(void)
{
	json_t *list = json_array();
	const struct api *api;
	for (size_t i = 0; (api = api_row(i)) != NULL; i++)
		if (!api->method)
			json_array_append_new(list, json_pack("{s:s, s:o}", "name", api->name,
				"description", openapi_form_words(api->says[LANG_ZH], api->says[LANG_EN])));
	return list;
}

static json_t *openapi_schemes(void)
{
	return json_pack("{s:{s:s, s:s, s:s, s:o}, s:{s:s, s:s, s:s, s:o}, s:{s:s, s:s, s:o}}",
		"session", "type", "apiKey", "in", "cookie", "name", "court", "description", openapi_form_both("api.session"),
		"csrf", "type", "apiKey", "in", "header", "name", "X-CSRF-Token", "description", openapi_form_both("api.csrf"),
		"bearer", "type", "http", "scheme", "bearer", "description", openapi_form_both("api.bearer"));
}

static json_t *openapi_whole(struct arena *mem)
{
	json_t *schemas = json_object(), *parameters = openapi_pieces(), *headers = json_object();
	openapi_header_shelves(parameters, headers);
	openapi_model_shelf(schemas);
	openapi_model_problems(schemas);
	json_t *paths = openapi_paths(mem, schemas);
	json_t *about = json_sprintf("%s\n\n%s", lang_say(LANG_ZH, "api.about"), lang_say(LANG_EN, "api.about"));
	return json_pack("{s:s, s:{s:s, s:s, s:o, s:{s:s, s:s}}, s:[{s:s}], s:o, s:o, s:{s:o, s:o, s:o, s:o, s:o}}",
		"openapi", "3.1.0", "info", "title", "microcourt 微法庭", "version", MC_VERSION, "description", about,
		"license", "name", "Apache License 2.0", "identifier", "Apache-2.0", "servers", "url", "/", "tags", openapi_tags(), "paths", paths,
		"components", "schemas", schemas, "responses", openapi_responses(), "parameters", parameters, "headers", headers,
		"securitySchemes", openapi_schemes());
}

static struct {
	struct openapi document;
	struct arena *mem;      /* for as long as the program runs */
} openapi_kept;

static void openapi_write(void)
{
	struct arena *mem = openapi_kept.mem = arena_begin();
	json_t *whole = openapi_whole(mem);
	size_t size = json_dumpb(whole, NULL, 0, JSON_COMPACT);
	char *bytes = arena_take(mem, size + 1);
	json_dumpb(whole, bytes, size, JSON_COMPACT);
	json_decref(whole);
	openapi_kept.document = (struct openapi){ bytes, digest_of(mem, bytes, size), size };
}

const struct openapi *openapi_document(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, openapi_write);
	return &openapi_kept.document;
}
