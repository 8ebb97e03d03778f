#include "blank.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../http/once.h"

#include <assert.h>
#include <string.h>

struct view_form *blank_begin(struct ctx *ctx, const struct ask *ask, const char *action,
			      const char *submit, const char *verb)
{
	struct view_form *form = arena_take(ctx->mem, sizeof *form);
	form->action = action;
	form->csrf = ask->csrf;
	form->once = once_key(ctx->mem);
	form->submit = lang_say(ctx->lang, submit);
	form->verb = verb;
	form->sections = arena_take(ctx->mem, sizeof *form->sections);
	form->sections_count = 1;
	form->sections->fields = arena_take(ctx->mem, BLANK_FIELDS * sizeof *form->sections->fields);
	return form;
}

static void blank_kind(struct view_form_field *f, enum blank kind)
{
	f->is_line = kind == BLANK_LINE;
	f->is_long = kind == BLANK_LONG;
	f->is_phone = kind == BLANK_PHONE;
	f->is_password = kind == BLANK_PASSWORD;
	f->is_pick = kind == BLANK_PICK;
	f->is_choice = kind == BLANK_CHOICE;
	f->is_tick = kind == BLANK_TICK;
	f->is_ticks = kind == BLANK_TICKS;
	f->is_hidden = kind == BLANK_HIDDEN;
}

struct view_form_field *blank_field(struct ctx *ctx, struct view_form *form, enum blank kind,
				    const char *name, const char *key, const char *value)
{
	struct view_form_section *section = form->sections;
	assert(section->fields_count < BLANK_FIELDS);
	struct view_form_field *f = &section->fields[section->fields_count++];
	f->name = name;
	f->id = arena_print(ctx->mem, "field-%s", name);
	f->value = value;
	f->required = true;
	blank_kind(f, kind);
	if (kind == BLANK_HIDDEN)
		return f;
	const char *help = arena_print(ctx->mem, "%s_help", key), *words = lang_say(ctx->lang, help);
	f->label = lang_say(ctx->lang, key);
	f->help = strcmp(help, words) ? words : "";
	f->autocomplete = "off";
	return f;
}

void blank_option(struct ctx *ctx, struct view_form_field *field, const char *value, const char *label,
		  const char *help)
{
	if (!field->options)
		field->options = arena_take(ctx->mem, BLANK_OPTIONS * sizeof *field->options);
	assert(field->options_count < BLANK_OPTIONS);
	field->options[field->options_count++] = (struct view_form_option){
		.value = value, .label = label, .help = help, .chosen = field->value && !strcmp(field->value, value),
	};
}

static struct view_form_field *blank_find(struct view_form *form, const char *name)
{
	struct view_form_section *section = form->sections;
	for (size_t i = 0; name && i < section->fields_count; i++)
		if (!strcmp(section->fields[i].name, name) && !section->fields[i].is_hidden)
			return &section->fields[i];
	return NULL;
}

void blank_wrong(struct ctx *ctx, struct view_form *form)
{
	size_t room = 0;
	for (const struct why *w = ctx->why; w; w = w->next)
		room++;
	form->errors = arena_take(ctx->mem, (room + 1) * sizeof *form->errors);
	for (const struct why *w = ctx->why; w; w = w->next) {
		struct view_form_field *field = blank_find(form, w->field);
		const char *text = lang_print(ctx->mem, ctx->lang, w->key, w->arg[0], w->arg[1], w->arg[2]);
		if (!field && form->sections->fields_count)
			field = &form->sections->fields[0];
		else if (field && !field->error)
			field->error = text;
		form->errors[form->errors_count++] = (struct view_form_error){
			.href = field ? arena_print(ctx->mem, "#%s", field->id) : "#main",
			.text = text, .law = w->law ? w->law : "",
		};
	}
	ctx_forget(ctx);
}
