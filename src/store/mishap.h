/* mishap: for tests, a call to the file system that fails. Nobody can tell from outside which call a disk
 * will refuse, so each of them is made to fail once, and what must hold is looked at after each. */
#ifndef MC_MISHAP_H
#define MC_MISHAP_H
#include <stdbool.h>

/* The nth call from now on fails (EIO), for all stores and threads; 0 for none. Returns how many calls
 * were still to go. */
int mishap_after(int n);

/* Whether this call is the one; errno is set. */
bool mishap_now(void);

/* Passes on the result of a call to the file system; -1 and errno when it is to fail. */
#define mishap_call(x) (mishap_now() ? -1 : (x))

#endif
