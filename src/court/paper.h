/* paper: the documents of a case. A paper is written once, from the words in
 * paper/KIND.txt and the facts of the case, and never changes: its digest stands in the
 * docket entry of the act that wrote it.
 *
 * The words of a paper are paragraphs, one a line. A line may begin with a mark:
 * "# " the court, "## " the title, "= " the case number, "- " a heading, "> " at the
 * right (signatures, dates). The templates know three things more: {name} is a value,
 * "?name " keeps the line only if the value is not empty, "*group " repeats the line for
 * each row of a group, with {n} its number. */
#ifndef MC_PAPER_H
#define MC_PAPER_H
#include "docket.h"
#include "../base/form.h"

struct paper {
	int number, entry;
	enum paper_kind kind;
	const char *title, *body, *digest;
	int64_t at;
};

/* The values that every paper may use: court, number, cause, plaintiffs, defendants,
 * judge, today, claims ... An act adds its own. */
enum mc_err paper_values(struct ctx *ctx, const struct docket *docket, struct form **out);

/* The words of a template with values in their places. A value stays text: no line that it
 * begins or holds carries a mark, and nothing in it is a name. */
const char *paper_fill(struct ctx *ctx, const char *template, const struct form *values);

enum mc_err paper_write(struct ctx *ctx, const struct docket *docket, enum paper_kind kind,
			const struct form *values, int entry, struct paper *out);

enum mc_err paper_load(struct ctx *ctx, const struct docket *docket, int number, struct paper *out);
/* The newest of a kind; MC_UNKNOWN without a reason if there is none. */
enum mc_err paper_newest(struct ctx *ctx, const struct docket *docket, enum paper_kind kind, struct paper *out);
/* All papers, newest first, without their words. */
enum mc_err paper_list(struct ctx *ctx, const struct docket *docket, struct paper **out, size_t *count);

#endif
