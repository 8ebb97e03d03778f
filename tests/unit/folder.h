/* folder: a directory of a test's own, gone afterwards with all that is in it. */
#ifndef MC_FOLDER_H
#define MC_FOLDER_H
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static inline int folder_drop(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

static inline void folder_remove(const char *path) { (void)nftw(path, folder_drop, 16, FTW_DEPTH | FTW_PHYS); }

/* Writes the new directory's name into path. */
static inline void folder_make(char *path, size_t size)
{
	const char *above = getenv("TMPDIR");
	snprintf(path, size, "%s/microcourt.XXXXXX", above && *above ? above : P_tmpdir);
	if (!mkdtemp(path)) {
		perror(path);
		exit(2);
	}
}

#endif
