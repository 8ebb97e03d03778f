#include "command.h"
#include "command_say.h"
#include "../base/arena.h"
#include "../base/setting.h"
#include "../base/setting_source.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *const command_settings_kind[][LANG_COUNT] = {
	[SETTING_KIND_TEXT] = { "文字", "text" },
	[SETTING_KIND_PATH] = { "路径", "path" },
	[SETTING_KIND_URL] = { "网址", "address" },
	[SETTING_KIND_ORIGIN] = { "网址", "address" },
	[SETTING_KIND_INT] = { "整数", "whole number" },
	[SETTING_KIND_SIZE] = { "字节数", "bytes" },
	[SETTING_KIND_DURATION] = { "时长", "time" },
	[SETTING_KIND_BOOL] = { "开关", "switch" },
	[SETTING_KIND_CHOICE] = { "选项", "choice" },
};

/* What may stand there: "整数 whole number 1..1024". */
static void command_settings_allowed(const struct setting_row *row)
{
	const char *const *kind = command_settings_kind[row->kind];
	printf("%s %s", kind[LANG_ZH], kind[LANG_EN]);
	if (row->kind == SETTING_KIND_CHOICE)
		printf(" %s", row->normal);
	else if (row->kind == SETTING_KIND_BOOL)
		printf(" on|off");
	else if (row->kind == SETTING_KIND_INT || row->kind == SETTING_KIND_SIZE || row->kind == SETTING_KIND_DURATION)
		printf(" %" PRId64 "..%" PRId64, row->least, row->most);
}

static void command_settings_example(void)
{
	puts("# microcourt.conf\n"
	     "# 微法庭的配置：一行一项“名称 = 值”，值一直到行尾；以 # 开头的是说明。写出来的都是默认值。\n"
	     "# 环境变量 MICROCOURT_名称（大写，点写成下划线）优先于本文件，命令行 --名称 值 优先于两者。\n"
	     "# The configuration of microcourt: one setting a line, \"name = value\", the value to the end of\n"
	     "# the line; lines that begin with # are comments. What stands here are the defaults. MICROCOURT_NAME\n"
	     "# in the environment (capitals, _ for a dot) goes before this file, --name VALUE before both.");
	for (int i = 0; i < SETTING_COUNT; i++) {
		const struct setting_row *row = setting_row((enum setting)i);
		printf("\n# %s\n# %s\n# ", row->words[LANG_ZH], row->words[LANG_EN]);
		command_settings_allowed(row);
		size_t size = row->kind == SETTING_KIND_CHOICE ? strcspn(row->normal, "|") : strlen(row->normal);
		printf("\n#%s =%s%.*s\n", row->name, size ? " " : "", (int)size, row->normal);
	}
}

static void command_settings_value(const struct setting_value *value, const char *name)
{
	const struct setting_row *row = setting_row(value->setting);
	bool hidden = row->flags & SETTING_FLAG_SECRET && *value->text;
	printf("%s =%s%s\n    ", name, *value->text ? " " : "", hidden ? "***" : value->text);
	if (*value->from)
		printf("%s", value->from);
	else
		printf("默认 default");
	printf(" (");
	command_settings_allowed(row);
	printf(")\n    %s\n    %s\n", row->words[LANG_ZH], row->words[LANG_EN]);
}

static void command_settings_list(struct arena *mem)
{
	for (int i = 0; i < SETTING_COUNT; i++) {
		const struct setting_value *value = setting_value((enum setting)i);
		const char *name = setting_row(value->setting)->name, *gap = strchr(name, '*');
		if (!gap)
			command_settings_value(value, name);
		for (const struct setting_value *v = setting_given(); gap && v; v = v->next)
			if (v->setting == value->setting)
				command_settings_value(v, arena_print(mem, "%.*s%s%s", (int)(gap - name), name, v->star, gap + 1));
	}
}

int command_settings(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "--example")) {
		command_settings_example();
		return 0;
	}
	struct ctx ctx = { .mem = arena_begin(), .person = "", .session = "", .device = "" };
	enum mc_err err = setting_source_read(&ctx, &argc, argv, environ);
	if (err)
		command_say(&ctx, "settings");
	else
		command_settings_list(ctx.mem);
	if (argc > 1)
		fputs("用法：microcourt settings [--example] [--config 文件]\nusage: microcourt settings [--example] [--config FILE]\n", stderr);
	arena_end(ctx.mem);
	return err || argc > 1 ? 2 : 0;
}
