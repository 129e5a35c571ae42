/* Declares every handler named in routes.h, so that a wrong signature or a missing function does not build. */
#ifndef YAOFANG_API_HANDLERS_H
#define YAOFANG_API_HANDLERS_H

#include "api/api.h"
#include "http/reply.h"
#include "http/request.h"

#define READ_ROW(path, query, from, roles, summary, answer)
#define READ_ROWS(path, query, from, roles, summary, answer)
#define CALL(method, path, function, lane, roles, summary, body, answer) handler function;
#define WRITE(method, path, function, lane, roles, summary, body, answer) handler function;
#define UPLOAD(method, path, function, roles, summary, answer) handler function;
#define PARAMETERS(method, path, from)
#include "api/routes.h"
#undef PARAMETERS
#undef READ_ROW
#undef READ_ROWS
#undef CALL
#undef WRITE
#undef UPLOAD

#endif
