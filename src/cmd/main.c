#include "command.h"

#include <stdio.h>
#include <string.h>

const struct command command_table[] = {
	{ "serve", command_serve, "[--config FILE] [--data DIR] [--listen ADDR:PORT] [--NAME VALUE]...",
	  "开庭：在浏览器里使用本院", "run the court, for browsers and programs" },
	{ "settings", command_settings, "[--example] [--config FILE] [--NAME VALUE]...",
	  "列出全部设置的值、来源和说明；--example 输出配置文件", "list all settings with their values, where they come from and what they mean; --example prints the file" },
	{ "confine", command_confine, "[--data DIR]",
	  "像 serve 那样自我限制，再逐项尝试不该做到的事", "confine itself as serve does, and then try what must be refused" },
	{ "migrate", command_migrate, "--from PLACE --to PLACE [--data DIR]",
	  "把一个法院的数据从 SQLite 搬到 PostgreSQL，或者搬回来，逐行核对", "move a court from SQLite to PostgreSQL or back, checked row by row" },
	{ "backup", command_backup, "[--check] [--data DIR] [--database URL] TO",
	  "在运行中备份整个法院，只复制新增的文件；--check 核对备份", "back the whole court up while it runs, copying only what is new; --check reads it all again" },
	{ "restore", command_restore, "[--data DIR] [--database URL] FROM [NAME]",
	  "把一个备份恢复到空的数据目录（和空的数据库），逐个核对", "bring a backup into an empty data directory (and database), checked file by file" },
	{ "verify", command_verify, "[--data DIR] [--database URL] [--blobs | COURT DOCKET]",
	  "核对全部（或者一个）案件的记录和文书是否被改动", "check that no entry or paper of the cases was changed" },
	{ "reads", command_reads, "[--data DIR] [--database URL] [PERSON|ADDRESS]",
	  "查阅记录：谁在何时看过哪些非公开网页", "the read log: who read which page that is not public, and when" },
	{ "import", command_import, "[--data DIR] [--database URL] LIST FILE",
	  "录入官方清单：法院、案由、罪名、案件类型、行政区划、节假日、利率", "take in an official list: courts, causes, charges, types, divisions, holidays, rates" },
	{ "appoint", command_appoint, "[--data DIR] [--database URL] COURT ACCOUNT",
	  "为法院任命（第一位）管理员：此人须先在网页上注册", "make a person who has registered the (first) administrator of a court" },
	{ "draw", command_draw, "SEED CANDIDATE...",
	  "用公布的种子和名单重做一次随机分案", "repeat the draw of a judge from its seed and list" },
	{ "fee", command_fee, "[--halve] [--english] KIND [AMOUNT]",
	  "按《诉讼费用交纳办法》计算案件受理费", "reckon the court fee, step by step" },
	{ "limit", command_limit, "[--no-roll] [--english] PERIOD DAY",
	  "计算期限届满之日（遇节假日顺延）", "reckon the day on which a time limit ends" },
	{ "routes", command_routes, "",
	  "列出全部网页地址及其访问权限", "list every address of the court and who may ask for it" },
	{ "openapi", command_openapi, "",
	  "接口说明（OpenAPI 3.1），供程序使用", "the interface for programs, as an OpenAPI 3.1 document" },
	{ "version", command_version, "", "版本", "the version" },
	{ "help", command_help, "[COMMAND]", "本说明", "this page" },
	{ NULL, NULL, NULL, NULL, NULL },
};

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "help";
	if (!strcmp(name, "--help") || !strcmp(name, "-h"))
		name = "help";
	if (!strcmp(name, "--version") || !strcmp(name, "-V"))
		name = "version";
	for (const struct command *c = command_table; c->name; c++)
		if (!strcmp(c->name, name))
			return argc > 1 ? c->run(argc - 1, argv + 1) : c->run(argc, argv);
	fprintf(stderr, "microcourt: 没有“%s”这个命令。microcourt help 列出全部命令。\n"
		"microcourt: no command \"%s\". \"microcourt help\" lists them.\n", name, name);
	return 2;
}
