/* viewc_draw: what is known while one Mustache file becomes one C function. */
#ifndef MC_VIEWC_DRAW_H
#define MC_VIEWC_DRAW_H
#include "viewc.h"

/* What names are looked up in: a record that a section entered, or one text of a
 * list. `used` belongs to the C variable that the prefix begins with. */
struct frame {
	const struct record *record;    /* NULL for a text of a list */
	const char *prefix;             /* "m0->", or the text itself */
	const char *origin;             /* the expression that was entered, NULL for the root */
	const char *index;              /* of a list */
	bool *used;
};

struct value {
	enum kind kind;
	enum shape shape;
	const struct record *record;
	const char *expr;
	bool *used;
};

struct token {
	char sign;                      /* 0 literal text, else # ^ / > ! { = (value) t */
	const char *text;
	size_t size;
	int line;
};

struct drawing {
	struct viewc *vc;
	struct view_file *view;
	struct token *token;
	size_t tokens, at;
	struct frame frame[32];
	int frames, depth, variables;
	struct html html;
	struct buffer pending;          /* literal text not yet written */
	struct buffer *out;
	const char **key;
	size_t keys;
	bool lang;                      /* the function uses its language */
};

#define FAIL(d, line, ...) viewc_stop((d)->view->file, (line), __VA_ARGS__)

/* viewc_cut.c */
void viewc_cut_file(struct drawing *d, const char *text);

/* viewc_name.c */
struct value viewc_name_find(struct drawing *d, const char *path, int line);
const char *viewc_name_use(const struct value *v);      /* its expression, from now on needed */
void viewc_name_enter(struct drawing *d, struct frame frame, int line);

#endif
