/* A paper as an IPP job, for CUPS and for printers that speak IPP themselves (RFC 8011, Print-Job and Get-Job-Attributes). The only
   includer of libcups. */
#include <cups/cups.h>
#include <string.h>

#include "base/text.h"
#include "print/deliver.h"

enum { CHUNK = 16384, LOOK_MS = 250, LOOKS = 20, PORT_SIZE = 8 };

struct job {
    struct ctx *c;
    const struct link_address *address;
    const struct delivery *delivery;
    http_t *http;
    char uri[HTTP_MAX_URI];
};

static enum status busy(const struct job *job, const char *rule, const char *more)
{
    return ctx_fail(job->c, ST_BUSY, "printer", job->address->text, "%s%s", rule, more);
}

/* Nobody sits at the service to type one. */
static const char *no_password(const char *prompt, http_t *http, const char *method, const char *resource,
                               void *arg)
{
    (void)prompt, (void)http, (void)method, (void)resource, (void)arg;
    return NULL;
}

static int give_up(http_t *http, void *arg)
{
    (void)http, (void)arg;
    return 0;
}

static void close_http(void *http)
{
    httpClose(http);
}

/* Connects to the numeric addresses that were allowed, and to no others. */
static enum status dial(struct job *job, const struct link_limits *limits)
{
    const http_encryption_t encryption =
        job->address->kind == LINK_IPPS ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED;
    const char **numeric;
    char port[PORT_SIZE];
    size_t n;

    TRY(link_resolve(job->c, "printer", job->address, limits, &numeric, &n));
    (void)snprintf(port, sizeof port, "%d", job->address->port);
    for (size_t i = 0; i < n && job->http == NULL; i++) {
        http_addrlist_t *list = httpAddrGetList(numeric[i], AF_UNSPEC, port);

        job->http = httpConnect2(job->address->host, job->address->port, list, AF_UNSPEC, encryption, 1,
                                 limits->patience_ms, NULL);
        httpAddrFreeList(list);
    }
    if (job->http == NULL)
        return busy(job, "does not answer: ", cupsLastErrorString());
    arena_defer(&job->c->arena, close_http, job->http);
    httpSetTimeout(job->http, limits->patience_ms / 1000, give_up, NULL);
    cupsSetPasswordCB2(no_password, NULL);
    return ST_OK;
}

static ipp_t *request_of(const struct job *job, ipp_op_t operation)
{
    ipp_t *request = ippNewRequest(operation);

    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, job->uri);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, "yaofang");
    return request;
}

/* Without its size a queue would take a label for a sheet of A4, and shrink or centre it. */
static void add_media(ipp_t *request, const struct delivery *delivery)
{
    ipp_t *size, *media;

    if (delivery->media_width == 0 || delivery->media_height == 0)
        return;
    size = ippNew();
    ippAddInteger(size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", delivery->media_width / 10);
    ippAddInteger(size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", delivery->media_height / 10);
    media = ippNew();
    ippAddCollection(media, IPP_TAG_ZERO, "media-size", size);
    ippAddCollection(request, IPP_TAG_JOB, "media-col", media);
    ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "print-scaling", NULL, "none");
    ippDelete(media);
    ippDelete(size);
}

/* CUPS would look into bytes without a type, and take a printer's language for text to be typeset. */
static const char *media_type(const struct job *job)
{
    if (strcmp(job->delivery->format, "pdf") == 0)
        return "application/pdf";
    return strncmp(job->address->path, "/printers/", 10) == 0 ? "application/vnd.cups-raw"
                                                              : "application/octet-stream";
}

static enum status send_document(struct job *job, size_t *taken)
{
    const struct delivery *d = job->delivery;
    ipp_t *request = request_of(job, IPP_OP_PRINT_JOB);
    http_status_t status;

    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, d->title);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL, media_type(job));
    add_media(request, d);
    status = cupsSendRequest(job->http, request, job->address->path, ippLength(request) + d->size);
    while (status == HTTP_STATUS_CONTINUE && *taken < d->size) {
        const size_t left = d->size - *taken, n = left < CHUNK ? left : CHUNK;

        status = cupsWriteRequestData(job->http, d->data + *taken, n);
        *taken += status == HTTP_STATUS_CONTINUE ? n : 0;
    }
    ippDelete(request);
    if (status != HTTP_STATUS_CONTINUE && status != HTTP_STATUS_OK)
        return busy(job, "did not take the job: ", httpStatus(status));
    return ST_OK;
}

/* The first of a job's or printer's reasons that is one. */
static const char *reason_of(ipp_t *response, const char *name)
{
    ipp_attribute_t *attribute = ippFindAttribute(response, name, IPP_TAG_ZERO);
    const char *text = attribute == NULL ? NULL : ippGetString(attribute, 0, NULL);

    return text == NULL || strcmp(text, "none") == 0 ? "" : text;
}

/* What became of the job by now: false while it is under way. */
static bool is_over(struct job *job, int number, enum status *status)
{
    static const char *const wanted[] = { "job-state", "job-state-reasons", "job-printer-state-message" };
    ipp_t *request = request_of(job, IPP_OP_GET_JOB_ATTRIBUTES), *response;
    ipp_attribute_t *state;
    int value;

    ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", number);
    ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                  sizeof wanted / sizeof wanted[0], NULL, wanted);
    response = cupsDoRequest(job->http, request, job->address->path);
    state = response == NULL ? NULL : ippFindAttribute(response, "job-state", IPP_TAG_ENUM);
    value = state == NULL ? IPP_JSTATE_COMPLETED
                          : ippGetInteger(state, 0); /* one that is done may be forgotten */
    *status = ST_OK;
    if (value == IPP_JSTATE_ABORTED || value == IPP_JSTATE_CANCELED || value == IPP_JSTATE_STOPPED)
        *status = ctx_fail(
            job->c, ST_BUSY, "printer", job->address->text, "took the job and did not print it: %s %s",
            reason_of(response, "job-state-reasons"), reason_of(response, "job-printer-state-message"));
    ippDelete(response);
    return value == IPP_JSTATE_COMPLETED || *status != ST_OK;
}

/* Waits a moment for the printer's word on the job; one that waits in the queue has been taken too. */
static enum status follow(struct job *job, int number, const char **note)
{
    for (int look = 0; look < LOOKS; look++) {
        enum status status;
        struct timespec pause = { 0, LOOK_MS * 1000000L };

        if (is_over(job, number, &status)) {
            *note = arena_printf(&job->c->arena, "printed as job %d", number);
            return status;
        }
        (void)nanosleep(&pause, NULL);
    }
    *note = arena_printf(&job->c->arena, "waits at the printer as job %d", number);
    return ST_OK;
}

enum status deliver_ipp(struct ctx *c, const struct link_limits *limits, const struct link_address *address,
                        const struct delivery *delivery, size_t *taken, const char **note)
{
    struct job job = { .c = c, .address = address, .delivery = delivery };
    ipp_attribute_t *attribute;
    ipp_t *response;
    int number;

    if (httpAssembleURI(HTTP_URI_CODING_ALL, job.uri, sizeof job.uri,
                        address->kind == LINK_IPPS ? "ipps" : "ipp", NULL, address->host, address->port,
                        address->path) != HTTP_URI_STATUS_OK)
        return ctx_fail(c, ST_INVALID, "printer", address->text, "has an address that is none");
    TRY(dial(&job, limits));
    TRY(send_document(&job, taken));
    response = cupsGetResponse(job.http, address->path);
    attribute = response == NULL ? NULL : ippFindAttribute(response, "job-id", IPP_TAG_INTEGER);
    number = attribute == NULL ? 0 : ippGetInteger(attribute, 0);
    ippDelete(response);
    if (number == 0 || cupsLastError() > IPP_STATUS_OK_CONFLICTING)
        return busy(&job, "did not take the job: ", cupsLastErrorString());
    return follow(&job, number, note);
}
