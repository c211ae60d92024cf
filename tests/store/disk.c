/*
 * A disk that fails, for the tests: preloaded, it stands between SQLite and the system calls on the files of one folder.
 *
 * It counts the calls, lets the n-th one fail or do half of what it was asked, and writes down what was done, so that
 * every moment of it can be played again as the disk would be if the power had failed just then.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { OPEN = 1, WRITE = 2, SYNC = 4, TRUNCATE = 8, UNLINK = 16, READ = 32, MARK = 64, LOST = 128 };
enum { FILES = 1024, NAME = 256 };

static char folder[NAME];
static size_t length;
static char names[FILES][NAME];
static int mask, fault, seen, from, until, record = -1;

static void *next(const char *name) { return dlsym(RTLD_NEXT, name); }

static void put(const void *bytes, size_t count) {
    const char *rest = bytes;
    while (count > 0) {
        ssize_t done = syscall(SYS_write, record, rest, count);
        if (done <= 0) syscall(SYS_exit_group, 99);
        rest += done;
        count -= (size_t)done;
    }
}

static void note(int kind, const char *name, int64_t offset, const void *bytes, size_t count) {
    if (record < 0) return;
    int64_t head[4] = {kind, (int64_t)strlen(name), offset, (int64_t)count};
    put(head, sizeof head);
    put(name, strlen(name));
    if (bytes) put(bytes, count);
}

/* Whether this call is to fail; where no error was named, it is to do half. */
static int fails(int kind) {
    if (!(kind & mask)) return 0;
    seen++;
    return seen >= from && seen < until;
}

static const char *within(const char *path) {
    return length && !strncmp(path, folder, length) && (path[length] == '/' || !path[length]) ? path + length : NULL;
}

static const char *of(int fd) { return fd >= 0 && fd < FILES && names[fd][0] ? names[fd] + 1 : NULL; }

/* What the tests call. */
void disk_watch(const char *path) {
    length = strlen(path);
    memcpy(folder, path, length + 1);
}

void disk_fail(int kinds, int number, int times, int error) {
    mask = kinds;
    fault = error;
    seen = 0;
    from = number;
    until = number + times;
}

int disk_calls(void) { return seen; }

void disk_record(int fd) { record = fd; }

void disk_mark(int number) { note(MARK, "", number, NULL, 0); }

/* What SQLite calls. */
static int opening(const char *path, int flags, mode_t mode) {
    const char *name = within(path);
    if (name && fails(OPEN) && fault) return errno = fault, -1;
    int made = name && (flags & O_CREAT) && syscall(SYS_access, path, F_OK);
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    if (name && fd >= 0 && fd < FILES) {
        names[fd][0] = '!';
        strncpy(names[fd] + 1, name, NAME - 2);
        if (made) note(OPEN, name, 0, NULL, 0);
    }
    return fd;
}

int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    return opening(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    return opening(path, flags | O_LARGEFILE, mode);
}

int close(int fd) {
    static int (*real)(int);
    if (!real) real = next("close");
    if (of(fd)) names[fd][0] = 0;
    return real(fd);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real) real = next("pwrite64");
    const char *name = of(fd);
    if (name && fails(WRITE)) {
        if (fault) return errno = fault, -1;
        count = (count + 1) / 2;
    }
    ssize_t done = real(fd, bytes, count, offset);
    if (name && done > 0) note(WRITE, name, offset, bytes, (size_t)done);
    return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { return pwrite64(fd, bytes, count, offset); }

ssize_t write(int fd, const void *bytes, size_t count) {
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = next("write");
    return of(fd) ? pwrite64(fd, bytes, count, lseek(fd, 0, SEEK_CUR)) : real(fd, bytes, count);
}

ssize_t pread64(int fd, void *bytes, size_t count, off64_t offset) {
    static ssize_t (*real)(int, void *, size_t, off64_t);
    if (!real) real = next("pread64");
    if (of(fd) && fails(READ)) {
        if (fault) return errno = fault, -1;
        count = (count + 1) / 2;
    }
    return real(fd, bytes, count, offset);
}

ssize_t pread(int fd, void *bytes, size_t count, off_t offset) { return pread64(fd, bytes, count, offset); }

static int syncing(int fd, const char *call) {
    const char *name = of(fd);
    if (name && fails(SYNC) && fault) {
        /* What was not yet on the disk never comes there, and the next call does not say so: Linux does this. */
        note(LOST, name, 0, NULL, 0);
        return errno = fault, -1;
    }
    int (*real)(int) = next(call);
    int done = real(fd);
    if (name && !done) note(SYNC, name, 0, NULL, 0);
    return done;
}

int fsync(int fd) { return syncing(fd, "fsync"); }

int fdatasync(int fd) { return syncing(fd, "fdatasync"); }

int ftruncate64(int fd, off64_t size) {
    static int (*real)(int, off64_t);
    if (!real) real = next("ftruncate64");
    const char *name = of(fd);
    if (name && fails(TRUNCATE) && fault) return errno = fault, -1;
    int done = real(fd, size);
    if (name && !done) note(TRUNCATE, name, size, NULL, 0);
    return done;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int unlink(const char *path) {
    static int (*real)(const char *);
    if (!real) real = next("unlink");
    const char *name = within(path);
    if (name && fails(UNLINK) && fault) return errno = fault, -1;
    int done = real(path);
    if (name && !done) note(UNLINK, name, 0, NULL, 0);
    return done;
}
