/* intact: whether a file of a known kind is all there and can be opened without a password,
 * told from a few reads at its head, at its tail, and along the chain of its parts. Nothing is
 * unpacked and no more than a few KiB are in memory, however long the file; bytes from outside
 * are believed nowhere. The sources: ISO 32000-1 7.5 (PDF), ISO/IEC 15948 (PNG), ITU-T T.81
 * annex B (JPEG), ISO/IEC 14496-12 4.2 (MP4), APPNOTE.TXT 4.3 (ZIP), MS-OFFCRYPTO 2.3 (Office). */
#ifndef MC_INTACT_H
#define MC_INTACT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum intact {
	INTACT_WHOLE,
	INTACT_CUT,             /* its end is missing */
	INTACT_LOCKED,          /* a password is needed */
	INTACT_OTHER            /* it is of another kind after all */
};

/* A file as it can be looked at. read gives the n bytes from there on, fewer only at the end. */
struct intact_file {
	int64_t size;
	size_t (*read)(void *what, int64_t at, void *bytes, size_t n);
	void *what;
};

/* inside: the part that must be in it, for kinds that are made of parts; "" for the others. */
enum intact intact_pdf(const struct intact_file *file, const char *inside);
enum intact intact_png(const struct intact_file *file, const char *inside);
enum intact intact_jpeg(const struct intact_file *file, const char *inside);
enum intact intact_gif(const struct intact_file *file, const char *inside);
enum intact intact_tiff(const struct intact_file *file, const char *inside);
enum intact intact_riff(const struct intact_file *file, const char *inside);
enum intact intact_mp3(const struct intact_file *file, const char *inside);
enum intact intact_boxes(const struct intact_file *file, const char *inside);
enum intact intact_zip(const struct intact_file *file, const char *inside);
enum intact intact_text(const struct intact_file *file, const char *inside);
enum intact intact_any(const struct intact_file *file, const char *inside);

/* True for a document of an office program that was saved with a password. */
bool intact_is_locked_office(const struct intact_file *file);

#endif
