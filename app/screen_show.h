/* A screening for a person at a terminal: what was typed and what it was taken for, what was found, what was not checked. Wrapped
   to the terminal's width, Chinese characters two columns wide, colour only on a terminal. */
#ifndef YAOFANG_SCREEN_SHOW_H
#define YAOFANG_SCREEN_SHOW_H

#include "api/screen_json.h"

void screen_show(struct arena *arena, const struct knowledge *k, const struct screen_case *in,
                 const struct screening *answer);

#endif
