/* check: counts what held and what did not; main() ends with return check_end(). */
#ifndef MC_CHECK_H
#define MC_CHECK_H
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static int check_good, check_bad;

static inline void check_note(int held, const char *file, int line, const char *what)
{
	if (held) {
		check_good++;
	} else {
		check_bad++;
		printf("%s:%d: %s\n", file, line, what);
	}
}

static inline void check_text(const char *a, const char *b, const char *file, int line, const char *what)
{
	int held = a && b && !strcmp(a, b);
	check_note(held, file, line, what);
	if (!held)
		printf("  got  %s\n  want %s\n", a ? a : "(null)", b ? b : "(null)");
}

static inline void check_int(intmax_t a, intmax_t b, const char *file, int line, const char *what)
{
	check_note(a == b, file, line, what);
	if (a != b)
		printf("  got  %jd\n  want %jd\n", a, b);
}

static inline int check_end(void)
{
	printf("%d passed, %d failed\n", check_good, check_bad);
	return check_bad != 0;
}

#define CHECK(x) check_note((x) ? 1 : 0, __FILE__, __LINE__, #x)
#define CHECK_TEXT(a, b) check_text((a), (b), __FILE__, __LINE__, #a " is " #b)
#define CHECK_INT(a, b) check_int((intmax_t)(a), (intmax_t)(b), __FILE__, __LINE__, #a " is " #b)

#endif
