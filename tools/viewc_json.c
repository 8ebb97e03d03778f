/* Writes, for one view, the functions that draw its model as JSON, the schema of
 * that JSON, and the struct view that holds all. */
#include "viewc.h"

#include <string.h>

static bool viewc_json_shown(const struct field *f) { return !f->html; }

/* Clears the marks, then sets those of every record that the JSON reaches. */
static void viewc_json_mark(struct viewc *vc, struct record *r)
{
	if (!r) {
		for (size_t i = 0; i < vc->records; i++)
			vc->record[i]->mark = 0;
		return;
	}
	r->mark = 1;
	for (size_t i = 0; i < r->fields; i++)
		if (viewc_json_shown(&r->field[i]) && r->field[i].record)
			viewc_json_mark(vc, r->field[i].record);
}

static void viewc_json_value(const struct view_file *view, const struct field *f, const char *expr,
			     struct buffer *out)
{
	switch (f->kind) {
	case KIND_TEXT: viewc_add(out, "draw_text_json(out, %s);\n", expr); break;
	case KIND_INT:
	case KIND_MONEY: viewc_add(out, "text_int(out, %s);\n", expr); break;
	case KIND_BOOL: viewc_add(out, "draw_bool_json(out, %s);\n", expr); break;
	case KIND_DAY: viewc_add(out, "draw_day_json(out, %s);\n", expr); break;
	case KIND_TIME: viewc_add(out, "draw_time_json(out, %s);\n", expr); break;
	case KIND_RECORD:
		viewc_add(out, "%s_json_%s(out, %s%s);\n", view->symbol, f->record->name,
			  f->shape == SHAPE_MAYBE ? "" : "&", expr);
		break;
	case KIND_MARKUP: break;
	}
}

static void viewc_json_literal(struct buffer *out, const char *text)
{
	viewc_add(out, "text_add_n(out, ");
	viewc_literal(out, 0, text, strlen(text));
	viewc_add(out, ", %zu);\n", strlen(text));
}

/* The function of one record, after those of the records that it holds. */
static void viewc_json_record(const struct view_file *view, struct record *r, struct buffer *out)
{
	bool empty = true;
	r->mark = 2;
	for (size_t i = 0; i < r->fields; i++) {
		struct record *in = r->field[i].record;
		if (viewc_json_shown(&r->field[i]) && in && in->mark == 1)
			viewc_json_record(view, in, out);
		empty = empty && !viewc_json_shown(&r->field[i]);
	}
	viewc_add(out, "static void %s_json_%s(struct text *out, const struct view_%s *m)\n{\n%s",
		  view->symbol, r->name, r->name, empty ? "\t(void)m;\n" : "");
	const char *before = "{";
	for (size_t i = 0; i < r->fields; i++) {
		const struct field *f = &r->field[i];
		if (!viewc_json_shown(f))
			continue;
		const char *name =
			viewc_print("%s\"%s\":%s", before, f->name, f->shape == SHAPE_LIST ? "[" : "");
		before = ",";
		viewc_add(out, "\t");
		viewc_json_literal(out, name);
		if (f->shape == SHAPE_LIST) {
			viewc_add(out, "\tfor (size_t i = 0; i < m->%s_count; i++) {\n\t\tif (i)\n\t\t\t",
				  f->name);
			viewc_json_literal(out, ",");
			viewc_add(out, "\t\t");
			viewc_json_value(view, f, viewc_print("m->%s[i]", f->name), out);
			viewc_add(out, "\t}\n");
			before = "],";
		} else if (f->shape == SHAPE_MAYBE) {
			viewc_add(out, "\tif (m->%s)\n\t\t", f->name);
			viewc_json_value(view, f, viewc_print("m->%s", f->name), out);
			viewc_add(out, "\telse\n\t\t");
			viewc_json_literal(out, "null");
		} else {
			viewc_add(out, "\t");
			viewc_json_value(view, f, viewc_print("m->%s", f->name), out);
		}
	}
	viewc_add(out, "\t");
	viewc_json_literal(out, empty ? "{}" : before[0] == ']' ? "]}" : "}");
	viewc_add(out, "}\n\n");
}

static void viewc_json_string(struct buffer *out, const char *s)
{
	viewc_add(out, "\"");
	for (; *s; s++)
		if (*s == '"' || *s == '\\')
			viewc_add(out, "\\%c", *s);
		else if ((unsigned char)*s < ' ')
			viewc_add(out, " ");
		else
			viewc_add(out, "%c", *s);
	viewc_add(out, "\"");
}

static const char *viewc_json_kind(const struct field *f)
{
	switch (f->kind) {
	case KIND_INT: return "\"type\":\"integer\"";
	case KIND_MONEY: return "\"type\":\"integer\",\"$comment\":\"fen\"";
	case KIND_BOOL: return "\"type\":\"boolean\"";
	case KIND_DAY: return "\"type\":[\"string\",\"null\"],\"format\":\"date\"";
	case KIND_TIME: return "\"type\":[\"string\",\"null\"],\"format\":\"date-time\"";
	case KIND_RECORD: return viewc_print("\"$ref\":\"#/$defs/%s\"", f->record->name);
	case KIND_TEXT:
	case KIND_MARKUP: break;
	}
	return "\"type\":\"string\"";
}

static void viewc_json_object(const struct record *r, struct buffer *out)
{
	const char *comma = "";
	viewc_add(out, "\"description\":");
	viewc_json_string(out, r->words);
	viewc_add(out, ",\"type\":\"object\",\"properties\":{");
	for (size_t i = 0; i < r->fields; i++) {
		const struct field *f = &r->field[i];
		if (!viewc_json_shown(f))
			continue;
		viewc_add(out, "%s\"%s\":{", comma, f->name);
		comma = ",";
		if (*f->words) {
			viewc_add(out, "\"description\":");
			viewc_json_string(out, f->words);
			viewc_add(out, ",");
		}
		if (f->shape == SHAPE_LIST)
			viewc_add(out, "\"type\":\"array\",\"items\":{%s}}", viewc_json_kind(f));
		else if (f->shape == SHAPE_MAYBE)
			viewc_add(out, "\"anyOf\":[{%s},{\"type\":\"null\"}]}", viewc_json_kind(f));
		else
			viewc_add(out, "%s}", viewc_json_kind(f));
	}
	viewc_add(out, "},\"required\":[");
	comma = "";
	for (size_t i = 0; i < r->fields; i++)
		if (viewc_json_shown(&r->field[i])) {
			viewc_add(out, "%s\"%s\"", comma, r->field[i].name);
			comma = ",";
		}
	viewc_add(out, "],\"additionalProperties\":false");
}

void viewc_json_view(struct viewc *vc, const struct view_file *view, struct buffer *out)
{
	struct buffer schema = { 0 };
	const char *comma = "";
	viewc_json_mark(vc, NULL);
	viewc_json_mark(vc, view->root);
	viewc_json_record(view, view->root, out);
	viewc_add(
		out,
		"static void %s_json(struct text *out, const void *model) { %s_json_%s(out, model); }\n\n",
		view->symbol, view->symbol, view->root->name);

	viewc_add(&schema,
		  "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\n\"title\":\"%s\",",
		  view->name);
	viewc_json_object(view->root, &schema);
	viewc_add(&schema, ",\n\"$defs\":{");
	for (size_t i = 0; i < vc->records; i++)
		if (vc->record[i]->mark && vc->record[i] != view->root) {
			viewc_add(&schema, "%s\n\"%s\":{", comma, vc->record[i]->name);
			viewc_json_object(vc->record[i], &schema);
			viewc_add(&schema, "}");
			comma = ",";
		}
	viewc_add(&schema, "}}");
	viewc_add(out, "const struct view %s = {\n\t.name = \"%s\",\n%s\t.json = %s_json,\n\t.schema = ", view->symbol,
		  view->name, view->models_only ? "" : viewc_print("\t.html = %s_html,\n", view->symbol), view->symbol);
	viewc_literal(out, 2, schema.bytes, schema.size);
	viewc_add(out, ",\n};\n");
}
