/* process: what the kernel says about this process (proc(5), getrusage(2)). */
#ifndef MC_PROCESS_H
#define MC_PROCESS_H
#include <stdint.h>

/* Opens what is asked for below, before the program confines itself. Without it they are 0. */
void process_begin(void);

int64_t process_memory(void);           /* bytes in memory (resident) */
int64_t process_files(void);            /* descriptors that are open */
int64_t process_files_most(void);       /* and may be */
int64_t process_cpu_us(void);           /* microseconds of processor time so far */

#endif
