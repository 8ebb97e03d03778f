/* Turns one Mustache file into one C function: literals with their lengths, and
 * calls of base/draw for the values. Names are looked up here, in the models. */
#include "viewc_draw.h"

#include <stdarg.h>
#include <string.h>

static void viewc_draw_flush(struct drawing *d)
{
	if (!d->pending.size)
		return;
	viewc_tabs(d->out, d->depth);
	viewc_add(d->out, "text_add_n(out, ");
	viewc_literal(d->out, d->depth + 2, d->pending.bytes, d->pending.size);
	viewc_add(d->out, ", %zu);\n", d->pending.size);
	d->pending.size = 0;
}

/* One line of C, after the literal text that comes before it. */
__attribute__((format(printf, 2, 3)))
static void viewc_draw_line(struct drawing *d, const char *fmt, ...)
{
	va_list ap;
	viewc_draw_flush(d);
	viewc_tabs(d->out, d->depth);
	va_start(ap, fmt);
	viewc_add_list(d->out, fmt, ap);
	va_end(ap);
	viewc_add_n(d->out, "\n", 1);
}

static void viewc_draw_value(struct drawing *d, const struct token *t)
{
	if (!strcmp(t->text, "lang")) {
		d->lang = true;
		viewc_draw_line(d, "text_add(out, lang_tag(lang));");
		return;
	}
	struct value v = viewc_name_find(d, t->text, t->line);
	if ((v.kind == KIND_MARKUP) != (t->sign == '{') && v.shape == SHAPE_ONE)
		FAIL(d, t->line, v.kind == KIND_MARKUP ? "%s is markup: write {{{%s}}}"
		     : "%s is not markup: write {{%s}}", t->text, t->text);
	const char *how = NULL;
	switch (v.shape == SHAPE_ONE ? v.kind : KIND_RECORD) {
	case KIND_TEXT: how = "draw_text(out, %s);"; break;
	case KIND_INT: how = "text_int(out, %s);"; break;
	case KIND_MONEY: how = "draw_money(out, %s);"; break;
	case KIND_DAY: how = "draw_day(out, lang, %s);"; break;
	case KIND_TIME: how = "draw_time(out, lang, %s);"; break;
	case KIND_MARKUP: how = "draw_markup(out, %s);"; break;
	case KIND_BOOL: FAIL(d, t->line, "%s is true or false: write {{#%s}}", t->text, t->text);
	case KIND_RECORD: FAIL(d, t->line, "%s is a record or a list: write {{#%s}}", t->text, t->text);
	}
	d->lang = d->lang || v.kind == KIND_DAY || v.kind == KIND_TIME;
	const char *place = strstr(how, "%s");
	viewc_draw_line(d, "%.*s%s%s", (int)(place - how), how, viewc_name_use(&v), place + 2);
}

static const char *viewc_draw_filling(struct drawing *d, const char *path, int line)
{
	struct value v = viewc_name_find(d, path, line);
	const char *how = NULL;
	switch (v.shape == SHAPE_ONE ? v.kind : KIND_RECORD) {
	case KIND_TEXT: return viewc_name_use(&v);
	case KIND_INT: how = "int_words(out->mem, "; break;
	case KIND_MONEY: how = "money_words(out->mem, "; break;
	case KIND_DAY: how = "day_words(out->mem, lang, "; break;
	case KIND_TIME: how = "time_words(out->mem, lang, "; break;
	case KIND_BOOL:
	case KIND_MARKUP:
	case KIND_RECORD: FAIL(d, line, "%s cannot fill a sentence", path);
	}
	return viewc_print("draw_%s%s)", how, viewc_name_use(&v));
}

static size_t viewc_draw_key(const char ***list, size_t *count, const char *key)
{
	for (size_t i = 0; i < *count; i++)
		if (!strcmp((*list)[i], key))
			return i;
	*list = viewc_more(*list, *count, sizeof **list);
	(*list)[*count] = key;
	return (*count)++;
}

static void viewc_draw_words(struct drawing *d, const struct token *t)
{
	char *rest = viewc_print("%s", t->text), *word[5];
	int n = 0;
	for (char *at; (at = rest + strspn(rest, " \t\n")), *at && n < 5;) {
		rest = at + strcspn(at, " \t\n");
		if (*rest)
			*rest++ = '\0';
		word[n++] = at;
	}
	if (n > 4)
		FAIL(d, t->line, "a sentence has at most three places");
	if (word[0][strspn(word[0], "abcdefghijklmnopqrstuvwxyz0123456789_.-")] || !strchr(word[0], '.'))
		FAIL(d, t->line, "\"%s\" is no key: noun.what", word[0]);
	viewc_draw_key(&d->vc->key, &d->vc->keys, word[0]);
	size_t key = viewc_draw_key(&d->key, &d->keys, word[0]);
	d->lang = true;
	if (n == 1) {
		viewc_draw_line(d, "draw_words(out, lang, &%s_key[%zu]);", d->view->symbol, key);
		return;
	}
	const char *filling[3] = { "NULL", "NULL", "NULL" };
	for (int i = 1; i < n; i++)
		filling[i - 1] = viewc_draw_filling(d, word[i], t->line);
	viewc_draw_line(d, "draw_sentence(out, lang, &%s_key[%zu], %s, %s, %s);", d->view->symbol, key,
				       filling[0], filling[1], filling[2]);
}

static void viewc_draw_partial(struct drawing *d, const struct token *t)
{
	size_t n = strcspn(t->text, " \t");
	const char *name = viewc_print("%.*s", (int)n, t->text),
		   *path = t->text + n + strspn(t->text + n, " \t");
	struct view_file *to = NULL;
	for (size_t i = 0; i < d->vc->views; i++)
		if (!strcmp(d->vc->view[i]->name, name))
			to = d->vc->view[i];
	if (!to || !to->partial || to->models_only)
		FAIL(d, t->line, "no partial is called %s", name);
	struct value v = { 0 };
	const char *arg = NULL;
	for (int i = d->frames - 1; i >= 0 && !*path && !arg; i--)
		if (d->frame[i].record == to->root) {   /* "m2->" or "m0->page." */
			size_t size = strlen(d->frame[i].prefix);
			bool arrow = d->frame[i].prefix[size - 1] == '>';
			arg = viewc_print("%s%.*s", arrow ? "" : "&", (int)(size - (arrow ? 2 : 1)),
					  d->frame[i].prefix);
			*d->frame[i].used = true;
		}
	if (!arg) {
		v = viewc_name_find(d, *path ? path : to->root->name, t->line);
		if (v.record != to->root || v.shape == SHAPE_LIST)
			FAIL(d, t->line, "%s draws a %s, and %s is none", name, to->root->name,
			     *path ? path : to->root->name);
		arg = viewc_print("%s%s", v.shape == SHAPE_MAYBE ? "" : "&", viewc_name_use(&v));
	}
	if (v.shape == SHAPE_MAYBE)
		viewc_draw_line(d, "if (%s)", arg);
	viewc_draw_line(d, "%s%s(out, lang, %s);", v.shape == SHAPE_MAYBE ? "\t" : "", to->symbol, arg);
	d->lang = true;
	d->view->call = viewc_more(d->view->call, d->view->calls, sizeof *d->view->call);
	d->view->call[d->view->calls++] = to;
}

static void viewc_draw_body(struct drawing *d, const struct token *open);

/* {{#x}} of a list: the variable of the record is declared if the body needs it. */
static void viewc_draw_list(struct drawing *d, const struct token *t, const struct value *v)
{
	struct buffer body = { 0 }, *outer = d->out;
	bool used = false;
	int number = ++d->variables;
	const char *index = viewc_print("i%d", number), *expr = viewc_name_use(v);
	viewc_draw_line(d, "for (size_t %s = 0; %s < %s_count; %s++) {", index, index, expr, index);
	d->out = &body;
	d->depth++;
	const char *prefix = v->record ? viewc_print("m%d->", number) : viewc_print("%s[%s]", expr, index);
	viewc_name_enter(d, (struct frame){ v->record, prefix, expr, index, &used }, t->line);
	viewc_draw_body(d, t);
	viewc_draw_flush(d);
	d->frames--;
	d->out = outer;
	if (used && v->record) {
		viewc_tabs(d->out, d->depth);
		viewc_add(d->out, "const struct view_%s *m%d = &%s[%s];\n", v->record->name, number, expr,
			  index);
	}
	d->depth--;
	if (body.size)
		viewc_add_n(d->out, body.bytes, body.size);
	viewc_draw_line(d, "}");
}

static void viewc_draw_if(struct drawing *d, const struct token *t, const char *condition,
			  const struct frame *frame)
{
	viewc_draw_line(d, "if (%s) {", condition);
	d->depth++;
	if (frame)
		viewc_name_enter(d, *frame, t->line);
	viewc_draw_body(d, t);
	viewc_draw_flush(d);
	d->frames -= frame != NULL;
	d->depth--;
	viewc_draw_line(d, "}");
}

static void viewc_draw_section(struct drawing *d, const struct token *t)
{
	bool is = t->sign == '#';
	if (!strcmp(t->text, "zh") || !strcmp(t->text, "en")) {
		d->lang = true;
		viewc_draw_if(d, t, viewc_print("lang %s LANG_%s", is ? "==" : "!=",
						*t->text == 'z' ? "ZH" : "EN"), NULL);
		return;
	}
	struct value v = viewc_name_find(d, t->text, t->line);
	if (v.shape == SHAPE_LIST && is) {
		viewc_draw_list(d, t, &v);
	} else if (v.shape == SHAPE_LIST) {
		viewc_draw_if(d, t, viewc_print("!%s_count", viewc_name_use(&v)), NULL);
	} else if (v.shape == SHAPE_MAYBE) {
		struct frame frame = { v.record, viewc_print("%s->", v.expr), v.expr, NULL, v.used };
		viewc_draw_if(d, t, viewc_print("%s%s", is ? "" : "!", viewc_name_use(&v)),
			      is ? &frame : NULL);
	} else if (v.kind == KIND_RECORD) {
		if (!is)
			FAIL(d, t->line, "%s is always there", t->text);
		struct frame frame = { v.record, viewc_print("%s.", v.expr), v.expr, NULL, v.used };
		viewc_name_enter(d, frame, t->line);
		viewc_draw_body(d, t);
		d->frames--;
	} else if (v.kind == KIND_TEXT || v.kind == KIND_MARKUP) {
		viewc_name_use(&v);
		viewc_draw_if(d, t, viewc_print(is ? "%s && *%s" : "!%s || !*%s", v.expr, v.expr), NULL);
	} else {
		viewc_draw_if(d, t, viewc_print("%s%s", is ? "" : "!", viewc_name_use(&v)), NULL);
	}
}

static void viewc_draw_body(struct drawing *d, const struct token *open)
{
	const char *what, *unused;
	enum spot began = viewc_html_spot(&d->html, &what);
	for (; d->at < d->tokens; d->at++) {
		const struct token *t = &d->token[d->at];
		enum spot spot = viewc_html_spot(&d->html, &what);
		if (!t->sign) {
			viewc_html_feed(&d->html, t->text, t->size);
			viewc_add_n(&d->pending, t->text, t->size);
			continue;
		}
		if (t->sign == '!')
			continue;
		if (spot == SPOT_FORBIDDEN || (spot == SPOT_TAG && !strchr("#^/", t->sign))
		    || (spot == SPOT_QUOTED && strchr("{>", t->sign)))
			FAIL(d, t->line, "{{%s}} cannot stand %s", t->text, what);
		if (t->sign == '/') {
			if (!open || strcmp(open->text, t->text))
				FAIL(d, t->line,
				     open ? "{{/%s}} where {{/%s}} is due" : "{{/%s}} closes nothing",
				     t->text, open ? open->text : "");
			if (viewc_html_spot(&d->html, &unused) != began)
				FAIL(d, t->line, "{{/%s}} stands elsewhere in the HTML than its beginning",
				     t->text);
			return;
		}
		switch (t->sign) {
		case 't': viewc_draw_words(d, t); break;
		case '>': viewc_draw_partial(d, t); break;
		case '#':
		case '^':
			d->at++;
			viewc_draw_section(d, t);
			break;
		default: viewc_draw_value(d, t); break;
		}
	}
	if (open)
		FAIL(d, open->line, "{{%c%s}} is not closed", open->sign, open->text);
	if (viewc_html_spot(&d->html, &what) != SPOT_TEXT)
		FAIL(d, d->tokens ? d->token[d->tokens - 1].line : 1, "the page ends %s", what);
}

void viewc_draw_begin(const struct view_file *view, struct buffer *out)
{
	viewc_add(out,
		  "/* Written by tools/viewc.c from %s.%s. */\n#include \"view.h\"\n\n"
		  "#include \"base/draw.h\"\n#include \"base/lang.h\"\n#include \"base/text.h\"\n\n",
		  view->name, view->models_only ? "model" : "mustache");
}

void viewc_draw_view(struct viewc *vc, struct view_file *view, const char *text, struct buffer *out)
{
	struct buffer body = { 0 };
	bool used = false;
	struct drawing *d = viewc_more(NULL, 0, sizeof *d);
	*d = (struct drawing){ .vc = vc, .view = view, .depth = 1, .out = &body };
	viewc_name_enter(d, (struct frame){ view->root, "m0->", NULL, NULL, &used }, 1);
	viewc_cut_file(d, text);
	viewc_draw_body(d, NULL);
	viewc_draw_flush(d);

	if (d->keys) {
		viewc_add(out, "/* The words are looked up once; see base/draw.h. */\n"
			  "static struct draw_key %s_key[] = {\n", view->symbol);
		for (size_t i = 0; i < d->keys; i++)
			viewc_add(out, "\t{ .key = \"%s\" },\n", d->key[i]);
		viewc_add(out, "};\n\n");
	}
	if (view->partial)
		viewc_add(out, "void %s(struct text *out, enum lang lang, const struct view_%s *m0)\n{\n",
			  view->symbol, view->root->name);
	else
		viewc_add(out,
			  "static void %s_html(struct text *out, enum lang lang, const void *model)\n{\n",
			  view->symbol);
	if (!view->partial && used)
		viewc_add(out, "\tconst struct view_%s *m0 = model;\n", view->root->name);
	else if (!used)
		viewc_add(out, "\t(void)%s;\n", view->partial ? "m0" : "model");
	if (!d->lang)
		viewc_add(out, "\t(void)lang;\n");
	if (!body.size)
		viewc_add(out, "\t(void)out;\n");
	viewc_add_n(out, body.size ? body.bytes : "", body.size);
	viewc_add(out, "}\n%s", view->partial ? "" : "\n");
}

static void viewc_draw_follow(struct view_file *view)
{
	view->mark = 1;
	for (size_t i = 0; i < view->calls; i++) {
		if (view->call[i]->mark == 1)
			viewc_stop(view->file, 1, "draws itself through %s", view->call[i]->name);
		if (!view->call[i]->mark)
			viewc_draw_follow(view->call[i]);
	}
	view->mark = 2;
}

void viewc_draw_check(struct viewc *vc)
{
	for (size_t i = 0; i < vc->views; i++)
		if (!vc->view[i]->mark)
			viewc_draw_follow(vc->view[i]);
}
