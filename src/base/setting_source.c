#include "setting_source.h"
#include "arena.h"
#include "setting.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SETTING_SOURCE_PREFIX "MICROCOURT_"
#define SETTING_SOURCE_MOST ((size_t)256 << 10)         /* bytes of a file: some thousand lines */

/* One error of several: the first code is kept, every reason too. */
static void setting_source_keep(enum mc_err *all, enum mc_err err)
{
	if (!*all)
		*all = err;
}

static enum mc_err setting_source_fail(struct ctx *ctx, const char *key, const char *place, const char *a, const char *b)
{
	return ctx_fail(ctx, MC_INVALID, (struct why){ .key = key, .arg = { place, a, b } });
}

static enum mc_err setting_source_unknown(struct ctx *ctx, const char *place, const char *name, const char *like)
{
	return setting_source_fail(ctx, like ? "setting.unknown_like" : "setting.unknown", place, name, like);
}

/* -- the file ------------------------------------------------------------------- */

static enum mc_err setting_source_line(struct ctx *ctx, const char *file, int number, const char *line)
{
	const char *star, *like, *place = arena_print(ctx->mem, "%s:%d", file, number), *gap = strchr(line, '=');
	if (!*line || *line == '#')
		return MC_OK;
	if (!gap)
		return setting_source_fail(ctx, "setting.line", place, line, NULL);
	const char *name = text_trim(ctx->mem, arena_print(ctx->mem, "%.*s", (int)(gap - line), line));
	enum setting setting = setting_find(ctx->mem, name, &star, &like);
	if (setting == SETTING_COUNT)
		return setting_source_unknown(ctx, place, name, like);
	const char *before = setting_from(setting, star);
	if (!strncmp(before, file, strlen(file)) && before[strlen(file)] == ':')
		return setting_source_fail(ctx, "setting.twice", place, name, before);
	return setting_put(ctx, setting, star, text_trim(ctx->mem, gap + 1), place);
}

enum mc_err setting_source_file(struct ctx *ctx, const char *name, const char *bytes, size_t n)
{
	enum mc_err all = MC_OK;
	int number = 1;
	for (size_t at = 0; at < n; number++) {
		const char *line = bytes + at, *end = memchr(line, '\n', n - at);
		size_t size = end ? (size_t)(end - line) : n - at;
		at += size + 1;
		if (!text_valid(line, size))
			setting_source_keep(&all, setting_source_fail(ctx, "setting.utf8",
				arena_print(ctx->mem, "%s:%d", name, number), NULL, NULL));
		else
			setting_source_keep(&all, setting_source_line(ctx, name, number,
				text_trim(ctx->mem, arena_print(ctx->mem, "%.*s", (int)size, line))));
	}
	return all;
}

/* Secrets are no use in a file that everybody can read. */
static enum mc_err setting_source_guard(struct ctx *ctx, const char *path, mode_t mode)
{
	const struct setting_value *starred = setting_given();
	bool secret = false;
	for (int i = 0; i < SETTING_COUNT; i++)
		secret |= setting_row((enum setting)i)->flags & SETTING_FLAG_SECRET && *setting_value((enum setting)i)->from;
	for (; starred; starred = starred->next)
		secret |= (setting_row(starred->setting)->flags & SETTING_FLAG_SECRET) != 0;
	return secret && mode & 0007 ? setting_source_fail(ctx, "setting.open_file", path, NULL, NULL) : MC_OK;
}

static enum mc_err setting_source_open(struct ctx *ctx, const char *path, bool must)
{
	struct stat st = { .st_size = 0 };
	char *bytes = arena_take(ctx->mem, SETTING_SOURCE_MOST + 1);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return !must && (errno == ENOENT || errno == ENOTDIR || errno == EACCES) ? MC_UNKNOWN
			: setting_source_fail(ctx, "setting.file", path, strerror(errno), NULL);
	size_t n = 0;
	ssize_t got = fstat(fd, &st);
	while (!got && n <= SETTING_SOURCE_MOST && (got = read(fd, bytes + n, SETTING_SOURCE_MOST + 1 - n)) > 0) {
		n += (size_t)got;
		got = 0;
	}
	int said = errno;
	close(fd);
	if (got < 0)
		return setting_source_fail(ctx, "setting.file", path, strerror(said), NULL);
	if (n > SETTING_SOURCE_MOST)
		return setting_source_fail(ctx, "setting.file", path, strerror(EFBIG), NULL);
	enum mc_err err = setting_source_file(ctx, path, bytes, n);
	setting_source_keep(&err, setting_source_guard(ctx, path, st.st_mode));
	return err;
}

/* -- environment and command line ----------------------------------------------- */

static const char *setting_source_environment(struct arena *mem, const char *entry, const char **value)
{
	const char *gap = strchr(entry, '=');
	size_t prefix = strlen(SETTING_SOURCE_PREFIX);
	if (!gap || strncmp(entry, SETTING_SOURCE_PREFIX, prefix) != 0)
		return NULL;
	*value = gap + 1;
	char *name = arena_print(mem, "%.*s", (int)((size_t)(gap - entry) - prefix), entry + prefix);
	for (char *c = name; *c; c++)
		*c = *c >= 'A' && *c <= 'Z' ? (char)(*c + ('a' - 'A')) : *c;
	return name;
}

/* A row with dots is written with _: OIDC_CITY_ISSUER is oidc.city.issuer. */
static const char *setting_source_dotted(struct arena *mem, const char *name)
{
	for (int i = 0; i < SETTING_COUNT; i++) {
		const char *pattern = setting_row((enum setting)i)->name, *gap = strstr(pattern, ".*.");
		if (!gap)
			continue;
		size_t before = (size_t)(gap - pattern), after = strlen(gap + 3), size = strlen(name);
		if (size > before + after + 2 && !strncmp(name, pattern, before) && name[before] == '_'
		    && name[size - after - 1] == '_' && !strcmp(name + size - after, gap + 3))
			return arena_print(mem, "%.*s.%.*s.%s", (int)before, name, (int)(size - before - after - 2),
					   name + before + 1, gap + 3);
	}
	return name;
}

static enum mc_err setting_source_name(struct ctx *ctx, const char *name, const char *value, const char *place)
{
	const char *star, *like;
	enum setting setting = setting_find(ctx->mem, setting_source_dotted(ctx->mem, name), &star, &like);
	if (setting == SETTING_COUNT)
		return setting_source_unknown(ctx, place, name, like);
	if (!text_valid(value, strlen(value)))
		return setting_source_fail(ctx, "setting.utf8", place, NULL, NULL);
	return setting_put(ctx, setting, star, text_trim(ctx->mem, value), place);
}

static enum mc_err setting_source_environs(struct ctx *ctx, char *const *environment)
{
	enum mc_err all = MC_OK;
	const char *value;
	for (; *environment; environment++) {
		const char *name = setting_source_environment(ctx->mem, *environment, &value);
		if (name && strcmp(name, "config") != 0)
			setting_source_keep(&all, setting_source_name(ctx, name, value,
				arena_print(ctx->mem, "%.*s", (int)(value - 1 - *environment), *environment)));
	}
	return all;
}

struct setting_source_option { const char *place, *name, *value; };

/* The option at argv[i], and how many words it takes: 0 if it is none. */
static int setting_source_option(struct arena *mem, int argc, char **argv, int i, struct setting_source_option *out)
{
	const char *word = argv[i], *gap = strchr(word, '='), *star, *like;
	if (strncmp(word, "--", 2) != 0 || !word[2])
		return 0;
	out->place = gap ? arena_print(mem, "%.*s", (int)(gap - word), word) : word;
	out->name = out->place + 2;
	out->value = gap ? gap + 1 : NULL;
	enum setting setting = setting_find(mem, out->name, &star, &like);
	bool known = setting != SETTING_COUNT || !strcmp(out->name, "config");
	if (gap || !known)
		return 1;
	if (setting != SETTING_COUNT && setting_row(setting)->kind == SETTING_KIND_BOOL) {
		out->value = "on";
		return 1;
	}
	out->value = i + 1 < argc ? argv[i + 1] : NULL;
	return out->value ? 2 : 1;
}

static enum mc_err setting_source_bare(struct ctx *ctx, const struct setting_source_option *option)
{
	const char *star, *like;
	return setting_find(ctx->mem, option->name, &star, &like) == SETTING_COUNT && strcmp(option->name, "config") != 0
		? setting_source_unknown(ctx, option->place, option->name, like)
		: setting_source_fail(ctx, "setting.no_value", option->place, NULL, NULL);
}

static enum mc_err setting_source_options(struct ctx *ctx, int *argc, char **argv)
{
	enum mc_err all = MC_OK;
	int left = *argc > 0;
	for (int i = left, words; i < *argc; i += words ? words : 1) {
		struct setting_source_option option;
		words = setting_source_option(ctx->mem, *argc, argv, i, &option);
		if (!words)
			argv[left++] = argv[i];
		else if (!option.value)
			setting_source_keep(&all, setting_source_bare(ctx, &option));
		else if (strcmp(option.name, "config") != 0)
			setting_source_keep(&all, setting_source_name(ctx, option.name, option.value, option.place));
	}
	*argc = left;
	return all;
}

/* What one name is told before the file can be read: the last option, else the environment. */
static const char *setting_source_early(struct arena *mem, const char *name, int argc, char **argv,
					char *const *environment)
{
	const char *found = NULL, *value;
	for (; *environment; environment++) {
		const char *said = setting_source_environment(mem, *environment, &value);
		if (said && !strcmp(said, name))
			found = value;
	}
	for (int i = 1, words; i < argc; i += words ? words : 1) {
		struct setting_source_option option;
		words = setting_source_option(mem, argc, argv, i, &option);
		if (words && option.value && !strcmp(option.name, name))
			found = option.value;
	}
	return found;
}

enum mc_err setting_source_read(struct ctx *ctx, int *argc, char **argv, char *const *environment)
{
	const char *config = setting_source_early(ctx->mem, "config", *argc, argv, environment);
	const char *data = setting_source_early(ctx->mem, "data", *argc, argv, environment);
	enum mc_err all = MC_OK;
	if (config && *config) {
		all = setting_source_open(ctx, config, true);
	} else if (!config) {
		data = data ? data : setting_text(SETTING_DATA);
		all = setting_source_open(ctx, arena_print(ctx->mem, "%s/microcourt.conf", data), false);
		if (all == MC_UNKNOWN)
			all = setting_source_open(ctx, SETTING_SOURCE_SYSTEM, false);
		if (all == MC_UNKNOWN)
			all = MC_OK;
	}
	setting_source_keep(&all, setting_source_environs(ctx, environment));
	setting_source_keep(&all, setting_source_options(ctx, argc, argv));
	for (int i = 0; i < SETTING_COUNT; i++)
		if (setting_row((enum setting)i)->flags & SETTING_FLAG_TEST && *setting_value((enum setting)i)->from
		    && !setting_on(SETTING_TEST))
			setting_source_keep(&all, setting_source_fail(ctx, "setting.test", setting_value((enum setting)i)->from,
				setting_row((enum setting)i)->name, NULL));
	return all;
}
