/* api: what every route means to somebody who writes a program for it: the name that a
 * client gives it, what it does, the values it takes, what it answers with. The routes
 * themselves (pages.c) say who may ask; acts and their forms stand in src/law. From all of
 * these openapi writes the description for machines and page_api the one for people. */
#ifndef MC_API_H
#define MC_API_H
#include "page.h"
#include "../law/field.h"

struct view;

struct api {
	const char *method, *path;      /* as in the route's own table; both NULL for a heading */
	const char *name;               /* "listCourts": operationId, never changed once it was published; a
	                                 * heading's word, "cases" */
	const char *says[LANG_COUNT];   /* what it does, in a few words */
	const struct view *shows[3];    /* what a 200 answers with, one of these; one without a page is data alone */
	const char *type;               /* or bytes of this media type: a pattern, for files of any kind */
	const struct view *makes;       /* what a 201 answers with */
	const struct field *asks;       /* values after "?", ended by a row of FIELD_FORM; NULL for none */
	const struct field *takes;      /* values of the body, the same way */
	const struct field *heads;      /* headers that it reads, the same way */
	const struct field *tells;      /* headers of its answer when it was done */
	int done;                       /* status of an answer without content: 201, 204, or 200 of a HEAD */
	enum act act;                   /* takes the form of this act too */
	bool each;                      /* ":act" stands for every act that a person can do in a case */
	bool sends;                     /* leads on when it was done: 303, to a program view_led */
	bool anew;                      /* is done anew each time that it is asked for, whatever the key of the request: its
	                                 * answer opens a door or asks a riddle, or what it does has a number of its own */
	int also[6];                    /* further statuses of failure, beyond those that the route's flags tell */
};

/* A piece of a path: ":court". */
struct api_piece { const char *name, *says[LANG_COUNT]; };

/* The row of a route, NULL if it has none (which the router does not let pass). */
const struct api *api_of(const struct route *route);
const struct api_piece *api_piece(const char *name, size_t size);
const struct api_piece *api_piece_at(size_t at);        /* all of them, NULL after the last */

/* The rows in the order in which they are described, NULL after the last; the route of a row, and the
 * heading above it. */
const struct api *api_row(size_t at);
const struct route *api_route(const struct api *api);
const struct api *api_section(const struct api *api);

/* "/cases/{court}/{id}/act/answer" of "/cases/:court/:id/act/:act" and an act. */
const char *api_path(struct arena *mem, const struct api *api, enum act act);

/* "actObjectJurisdictionForm"; the name of a row that does not stand for each act. */
const char *api_name(struct arena *mem, const struct api *api, enum act act);

/* Answers with a file, of which a part can be asked for. */
bool api_file(const struct route *route, const struct api *api);

/* Key of the words for who may ask. */
const char *api_who(const struct route *route);

/* Every route has its row, every row its route, every piece of a path its words: NULL. Else what is
 * amiss: "POST /desk". */
const char *api_check(struct arena *mem);

#endif
