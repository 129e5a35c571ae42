/* A statement of app/sql or reports: its file's stem is its C symbol (q_<stem>), its prepared name and its log name. */
#ifndef YAOFANG_DB_QUERY_H
#define YAOFANG_DB_QUERY_H

struct query {
    const char *name;
    const char *sql;
    int index; /* position in all_queries */
};

#endif
