/* Cuts a Mustache file into tags and the literal text between them. */
#include "viewc_draw.h"

#include <string.h>

static void viewc_cut_token(struct drawing *d, char sign, const char *text, size_t size, int line)
{
	d->token = viewc_more(d->token, d->tokens, sizeof *d->token);
	d->token[d->tokens++] = (struct token){ sign, text, size, line };
}

static int viewc_cut_lines(const char *from, const char *to)
{
	int n = 0;
	for (; from < to; from++)
		n += *from == '\n';
	return n;
}

/* Literal text ends with its line, so that lines can be looked at whole. */
static void viewc_cut_all(struct drawing *d, const char *text)
{
	int line = 1;
	while (*text) {
		size_t n = strcspn(text, "{\n");
		while (text[n] == '{' && text[n + 1] != '{')
			n += 1 + strcspn(text + n + 1, "{\n");
		if (text[n] == '\n')
			n++;
		if (n)
			viewc_cut_token(d, 0, text, n, line);
		if (n && text[n - 1] == '\n')
			line++;
		text += n;
		if (strncmp(text, "{{", 2))
			continue;
		bool triple = text[2] == '{';
		const char *from = text + 2 + triple, *end = strstr(from, triple ? "}}}" : "}}");
		if (!end)
			FAIL(d, line, "{{ without }}");
		const char *next = end + 2 + triple;
		char sign = triple ? '{' : '=';
		if (!triple && strchr("#^/>!", *from))
			sign = *from++;
		else if (!triple && (*from == '&' || *from == '='))
			FAIL(d, line, "{{%c is not known here", *from);
		while (from < end && strchr(" \t\n", *from))
			from++;
		while (end > from && strchr(" \t\n", end[-1]))
			end--;
		if (sign == '=' && end - from > 2 && from[0] == 't' && strchr(" \t\n", from[1]))
			sign = 't', from += 2;
		if (from == end && sign != '!')
			FAIL(d, line, "an empty tag");
		viewc_cut_token(d, sign, viewc_print("%.*s", (int)(end - from), from), (size_t)(end - from),
				line);
		line += viewc_cut_lines(text, next);
		text = next;
	}
}

/* A line that holds only sections, partials and comments leaves nothing. */
static void viewc_cut_tidy(struct drawing *d)
{
	for (size_t from = 0, to; from < d->tokens; from = to) {
		bool tags = false, values = false;
		for (to = from; to < d->tokens; to++) {
			const struct token *t = &d->token[to];
			if (t->sign)
				strchr("#^/>!", t->sign) ? (tags = true) : (values = true);
			for (size_t i = 0; !t->sign && i < t->size; i++)
				values = values || !strchr(" \t\r\n", t->text[i]);
			if (!t->sign && t->text[t->size - 1] == '\n') {
				to++;
				break;
			}
		}
		for (size_t i = from; tags && !values && i < to; i++)
			if (!d->token[i].sign)
				d->token[i].size = 0;
	}
}

void viewc_cut_file(struct drawing *d, const char *text)
{
	viewc_cut_all(d, text);
	viewc_cut_tidy(d);
}
