/* Whatever people type, and whatever stands in a template: the lines that carry a mark are the template's
 * own, and what was typed is in the paper. The first line is a value, the rest the template. */
#include "base/arena.h"
#include "base/form.h"
#include "court/paper.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

static int fuzz_paper_marks(const char *body)
{
	int marks = 0;
	for (const char *line = body; *line; line += strcspn(line, "\n"), line += *line == '\n')
		marks += strchr("#=->", *line) != NULL;
	return marks;
}

static struct form *fuzz_paper_form(struct arena *mem, const char *value, const char *other)
{
	struct form *form = form_begin(mem);
	form_set(form, "a", value);
	form_set_at(form, "g", 1, "w", value);
	form_set_at(form, "g", 2, "w", other);
	return form;
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	static const char ours[] = "# {court}\n## {a}\n= {a}{b}\n- 一\n?a {a}\n?b {a}\n*g {n}. {w}{a}\n{a}{b}{a}\n{b}{a}\n> {a}\n";
	struct ctx ctx = { .mem = arena_begin() };
	char *typed = arena_take(ctx.mem, n + 1);
	memcpy(typed, bytes, n);
	size_t first = strcspn(typed, "\x1f");
	const char *template = typed + first + (typed[first] != '\0');
	typed[first] = '\0';
	/* Our own words, and plain words in the places of what was typed. */
	const char *plain = paper_fill(&ctx, ours, fuzz_paper_form(ctx.mem, *typed ? "字" : "", "字"));
	const char *body = paper_fill(&ctx, ours, fuzz_paper_form(ctx.mem, typed, "字"));
	assert(fuzz_paper_marks(plain) == fuzz_paper_marks(body));
	(void)paper_fill(&ctx, template, fuzz_paper_form(ctx.mem, typed, template));
	(void)paper_fill(&ctx, typed, fuzz_paper_form(ctx.mem, template, typed));
	arena_end(ctx.mem);
	return 0;
}
