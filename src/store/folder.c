#define _GNU_SOURCE 1
#include "folder.h"
#include "../base/arena.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int folder_order(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

bool folder_names(struct arena *mem, const char *path, const char ***names, size_t *count)
{
	size_t room = 0;
	*names = NULL;
	*count = 0;
	DIR *folder = opendir(path);
	if (!folder)
		return false;
	for (struct dirent *entry; (entry = readdir(folder));) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		*names = arena_room(mem, *names, *count, &room, sizeof **names);
		(*names)[(*count)++] = arena_copy(mem, entry->d_name);
	}
	closedir(folder);
	if (*count)
		qsort(*names, *count, sizeof **names, folder_order);
	return true;
}

static int folder_drop(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

bool folder_clear(const char *path)
{
	return !nftw(path, folder_drop, 16, FTW_DEPTH | FTW_PHYS) || errno == ENOENT;
}
