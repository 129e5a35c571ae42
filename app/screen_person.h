/* `yaofang screen`: what is said of the person and the day, as options. */
#ifndef YAOFANG_SCREEN_PERSON_H
#define YAOFANG_SCREEN_PERSON_H

#include "api/screen_json.h"
#include "commands.h"

/* Reads --allergy, --stopped, --age, --weight, --surgery-on, --jurisdiction and --on into the case; the same as the members of a JSON
   case. ST_INVALID names every option that says nothing readable. */
enum status screen_person_read(struct ctx *c, const struct arguments *in, const struct knowledge *k,
                               struct screen_case *out) MUST_CHECK;

#endif
