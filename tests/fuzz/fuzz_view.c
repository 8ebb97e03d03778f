/* Whatever stands in a page: tools/viewc says what is wrong with it, or makes C of it. It is a tool that gives no
 * memory back and ends the program at the first error, so here it is built in with other hands: what it takes is
 * written down and given back, and where it would end, the next input begins. An input is up to four files,
 * each begun by a line of %%: the page's model, the page, a partial's model, the partial. */
#include "../../tools/viewc.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

static jmp_buf fuzz_view_end;
static void **fuzz_view_memory;
static size_t fuzz_view_count, fuzz_view_room;
static FILE *fuzz_view_words;

static void *fuzz_view_note(void *memory)
{
	if (fuzz_view_count == fuzz_view_room) {
		fuzz_view_room = fuzz_view_room ? 2 * fuzz_view_room : 64;
		fuzz_view_memory = realloc(fuzz_view_memory, fuzz_view_room * sizeof *fuzz_view_memory);
	}
	fuzz_view_memory[fuzz_view_count++] = memory;
	return memory;
}

static void *fuzz_view_again(void *old, size_t n)
{
	void *fresh = realloc(old, n);
	for (size_t i = fuzz_view_count; old && i-- > 0;)
		if (fuzz_view_memory[i] == old) {
			fuzz_view_memory[i] = fresh;
			return fresh;
		}
	return fuzz_view_note(fresh);
}

static void *fuzz_view_clear(size_t n, size_t size) { return memset(fuzz_view_again(NULL, n * size), 0, n * size); }

static void fuzz_view_forget(void)
{
	while (fuzz_view_count)
		free(fuzz_view_memory[--fuzz_view_count]);
}

__attribute__((format(printf, 2, 0)))
static int fuzz_view_print(char **out, const char *fmt, va_list ap)
{
	int n = (vasprintf)(out, fmt, ap);
	fuzz_view_note(*out);
	return n;
}

static void fuzz_view_free(void *memory) { (void)memory; }     /* it is given back with the rest */

static _Noreturn void fuzz_view_stop(int code)
{
	assert(code == 1);
	longjmp(fuzz_view_end, 1);
}

#define main fuzz_view_main
#define exit fuzz_view_stop
#define realloc fuzz_view_again
#define calloc fuzz_view_clear
#define vasprintf fuzz_view_print
#define free fuzz_view_free
#undef stderr
#define stderr fuzz_view_words
int main(int argc, char **argv);
#include "../../tools/viewc.c"
#include "../../tools/viewc_cut.c"
#include "../../tools/viewc_draw.c"
#include "../../tools/viewc_html.c"
#include "../../tools/viewc_json.c"
#include "../../tools/viewc_model.c"
#include "../../tools/viewc_name.c"

static char *fuzz_view_piece(char **rest)
{
	char *piece = *rest, *end = strstr(piece, "%%\n");
	*rest = end ? end + 3 : piece + strlen(piece);
	if (end)
		*end = '\0';
	return piece;
}

static void fuzz_view_build(char *text)
{
	struct viewc vc = { 0 };
	struct view_file page = { .name = "a", .file = "a.mustache", .model_file = "a.model", .symbol = "view_a" };
	struct view_file part = { .name = "_p", .file = "_p.mustache", .model_file = "_p.model", .symbol = "view_draw_p", .partial = true };
	char *model = fuzz_view_piece(&text), *body = fuzz_view_piece(&text), *below = fuzz_view_piece(&text);
	vc.view = viewc_more(vc.view, 0, sizeof *vc.view);
	vc.view[vc.views++] = &part;
	vc.view[vc.views++] = &page;
	struct buffer drawn = { 0 }, structs = { 0 };
	viewc_model_read(&vc, &part, *below ? below : viewc_print("p: a part\n\tw text\n"));
	viewc_model_read(&vc, &page, model);
	viewc_model_check(&vc);
	viewc_draw_begin(&page, &drawn);
	viewc_draw_view(&vc, &page, body, &drawn);
	viewc_json_view(&vc, &page, &drawn);
	viewc_draw_view(&vc, &part, text, &drawn);
	viewc_draw_check(&vc);
	viewc_model_structs(&vc, &structs);
	assert(drawn.bytes && strlen(drawn.bytes) == drawn.size);
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	if (!fuzz_view_words)
		fuzz_view_words = fopen("/dev/null", "we");
	char *volatile text = fuzz_view_clear(n + 1, 1);
	memcpy(text, bytes, n);
	if (!setjmp(fuzz_view_end))
		fuzz_view_build(text);
	fuzz_view_forget();
	return 0;
}
