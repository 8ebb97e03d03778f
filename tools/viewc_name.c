/* Finds what a name in a tag means: a field of the innermost record that has one,
 * as the expression of C that reads it. */
#include "viewc_draw.h"

#include <string.h>

static struct value viewc_name_member(const struct record *r, const char *prefix, const char *name, size_t n)
{
	struct field *f = viewc_model_field(r, name, n);
	if (f)
		return (struct value){ f->kind, f->shape, f->record, viewc_print("%s%s", prefix, f->name),
				       NULL };
	if (n > 6 && !strncmp(name + n - 6, "_count", 6) && (f = viewc_model_field(r, name, n - 6))
	    && f->shape == SHAPE_LIST)
		return (struct value){ KIND_INT, SHAPE_ONE, NULL,
				       viewc_print("(int64_t)%s%s_count", prefix, f->name), NULL };
	return (struct value){ 0 };
}

struct value viewc_name_find(struct drawing *d, const char *path, int line)
{
	size_t n = strcspn(path, ".");
	if (!strcmp(path, ".") || !strcmp(path, "@")) {
		for (int i = d->frames - 1; i >= 0; i--) {
			const struct frame *f = &d->frame[i];
			if (*path == '@' && f->index)
				return (struct value){ KIND_INT, SHAPE_ONE, NULL,
						       viewc_print("(int64_t)%s + 1", f->index), NULL };
			if (*path == '.' && f->index && !f->record)
				return (struct value){ KIND_TEXT, SHAPE_ONE, NULL, f->prefix, f->used };
		}
		FAIL(d, line, *path == '@' ? "{{@}} outside a list" : "{{.}} outside a list of texts");
	}
	struct value v = { 0 };
	for (int i = d->frames - 1; i >= 0 && !v.expr; i--)
		if (d->frame[i].record) {
			v = viewc_name_member(d->frame[i].record, d->frame[i].prefix, path, n);
			v.used = d->frame[i].used;
		}
	if (!v.expr)
		FAIL(d, line, "no field %.*s in %s or around it", (int)n, path,
		     d->frame[d->frames - 1].record ? d->frame[d->frames - 1].record->name
						    : "a list of texts");
	while (path[n]) {
		const char *rest = path + n + 1, *arrow = ".";
		if (!v.record || v.shape == SHAPE_LIST)
			FAIL(d, line, "%.*s has no fields", (int)n, path);
		if (v.shape == SHAPE_MAYBE) {
			arrow = NULL;
			for (int i = 0; i < d->frames; i++)
				if (d->frame[i].origin && !strcmp(d->frame[i].origin, v.expr))
					arrow = "->";
			if (!arrow)
				FAIL(d, line, "%.*s may be absent: write {{#%.*s}}", (int)n, path, (int)n,
				     path);
		}
		size_t more = strcspn(rest, ".");
		struct value in = viewc_name_member(v.record, viewc_print("%s%s", v.expr, arrow), rest, more);
		if (!in.expr)
			FAIL(d, line, "no field %.*s in %s", (int)more, rest, v.record->name);
		in.used = v.used;
		v = in;
		n += 1 + more;
	}
	return v;
}

const char *viewc_name_use(const struct value *v)
{
	if (v->used)
		*v->used = true;
	return v->expr;
}

void viewc_name_enter(struct drawing *d, struct frame frame, int line)
{
	if (d->frames == (int)(sizeof d->frame / sizeof *d->frame))
		FAIL(d, line, "sections are nested too deeply");
	d->frame[d->frames++] = frame;
}
