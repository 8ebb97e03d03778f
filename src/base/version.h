/* version: of the program, in one place. */
#ifndef MC_VERSION_H
#define MC_VERSION_H

#define MC_VERSION "0.1"

#endif
