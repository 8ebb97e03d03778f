/* viewc: turns the pages of views/ (a model of fields and a Mustache file each)
 * into C, so that the compiler checks every name in every page and nothing is
 * parsed while the program runs. A build tool: it takes memory from malloc and
 * gives none back; the first error ends it with "file:line: what". */
#ifndef MC_VIEWC_H
#define MC_VIEWC_H
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

enum kind { KIND_TEXT, KIND_INT, KIND_BOOL, KIND_MONEY, KIND_DAY, KIND_TIME, KIND_MARKUP, KIND_RECORD };
enum shape { SHAPE_ONE, SHAPE_MAYBE, SHAPE_LIST };

struct field {
	const char *name, *words, *kind_name;
	enum kind kind;
	enum shape shape;
	struct record *record;          /* of KIND_RECORD */
	bool html;                      /* for people only: not in the JSON */
	int line;
};

struct record {
	const char *name, *words, *file;
	struct field *field;
	size_t fields;
	int line, mark;                 /* mark: 0 not seen, 1 being visited, 2 done */
};

struct view_file {
	const char *name;               /* "case", or "_form" for a partial */
	const char *file, *model_file;  /* as errors name them */
	const char *symbol;             /* view_case, or view_draw_form */
	bool partial, models_only;
	struct record *root;
	const char *uses;               /* the root of a partial that has no record of its own, until found */
	struct view_file **call;        /* partials drawn in it */
	size_t calls;
	int mark;
};

struct buffer {
	char *bytes;
	size_t size, room;
};

struct viewc {
	struct record **record;
	size_t records;
	struct view_file **view;        /* sorted by name */
	size_t views;
	const char **key;
	size_t keys;
};

/* viewc.c */
_Noreturn void viewc_stop(const char *file, int line, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void *viewc_more(void *list, size_t count, size_t size);        /* room for one more; grows by doubling */
char *viewc_print(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void viewc_add(struct buffer *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void viewc_add_list(struct buffer *b, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
void viewc_add_n(struct buffer *b, const char *bytes, size_t n);
void viewc_tabs(struct buffer *b, int depth);
void viewc_literal(struct buffer *b, int depth, const char *bytes, size_t n);   /* as a C string */
bool viewc_is_name(const char *name);                           /* a-z, then a-z 0-9 _ */

/* viewc_model.c */
void viewc_model_read(struct viewc *vc, struct view_file *view, char *text);
void viewc_model_check(struct viewc *vc);       /* after all are read: kinds exist, no recursion */
struct field *viewc_model_field(const struct record *record, const char *name, size_t n);
void viewc_model_structs(struct viewc *vc, struct buffer *out);

/* viewc_html.c: where in the HTML a tag stands */
enum spot { SPOT_TEXT, SPOT_TAG, SPOT_QUOTED, SPOT_FORBIDDEN };
struct html {
	int state;
	size_t name_size, attribute_size, dashes;
	char name[16], attribute[16];
};
void viewc_html_feed(struct html *html, const char *text, size_t n);
enum spot viewc_html_spot(const struct html *html, const char **what);

/* viewc_draw.c (with viewc_cut.c and viewc_name.c): a Mustache file as a C function */
void viewc_draw_begin(const struct view_file *view, struct buffer *out);       /* the head of the C file */
void viewc_draw_view(struct viewc *vc, struct view_file *view, const char *text, struct buffer *out);
void viewc_draw_check(struct viewc *vc);        /* no partial draws itself */

/* viewc_json.c: a model as JSON, and its schema */
void viewc_json_view(struct viewc *vc, const struct view_file *view, struct buffer *out);

#endif
