/* supervisor: whoever started this program and watches it, by the protocol of systemd
 * (sd_notify(3), sd_listen_fds(3)): a datagram to NOTIFY_SOCKET says how it goes, and a
 * listening socket may come as descriptor 3. Without a supervisor nothing happens. */
#ifndef MC_SUPERVISOR_H
#define MC_SUPERVISOR_H
#include <stdbool.h>
#include <stdint.h>

/* Looks at the environment, and takes those variables away from whatever else might look. */
void supervisor_begin(void);

/* True if there is one. */
bool supervisor_watches(void);

/* The listening socket that was handed over, -1 if none was. */
int supervisor_socket(void);

/* "READY=1", "STOPPING=1", "WATCHDOG=1", "MAINPID=7"; several with a line end between them. */
void supervisor_say(const char *state);

/* Every so many microseconds it wants to hear WATCHDOG=1; 0 if it does not. */
int64_t supervisor_patience(void);

#endif
