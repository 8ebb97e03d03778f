/* folder: what lies in a folder of files, in order; and a folder gone with all that it holds. */
#ifndef MC_STORE_FOLDER_H
#define MC_STORE_FOLDER_H
#include <stdbool.h>
#include <stddef.h>

struct arena;

/* All names in it but . and .., sorted by their bytes. False and errno if it cannot be read. */
bool folder_names(struct arena *mem, const char *path, const char ***names, size_t *count);

/* Removes it and everything in it, following no links. True if it is gone, or was not there. */
bool folder_clear(const char *path);

#endif
