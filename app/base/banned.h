/* Functions that have hurt C programs too often: using one does not compile. Included on the command line
   (-include base/banned.h), after the headers it poisons have been read. */
#ifndef YAOFANG_BASE_BANNED_H
#define YAOFANG_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf gets strtok atoi atol atoll atof asctime \
    ctime

#endif
