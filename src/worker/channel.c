/* channel.c - what parent and worker say to each other. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/channel.h"

#include <errno.h>
#include <stdalign.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Room for one descriptor, aligned as the macros of cmsg(3) want it. */
struct control {
	alignas(struct cmsghdr) char room[CMSG_SPACE(sizeof(int))];
};

bool
channel_send_job(int channel, const struct channel_job *job, int fd)
{
	struct channel_job copy = *job;
	struct control control = { .room = { 0 } };
	struct iovec vec = { .iov_base = &copy, .iov_len = sizeof copy };
	struct msghdr msg = {
		.msg_iov = &vec,
		.msg_iovlen = 1,
		.msg_control = control.room,
		.msg_controllen = sizeof control.room,
	};
	struct cmsghdr *cmsg = CMSG_FIRSTHDR(&msg);
	ssize_t sent;

	cmsg->cmsg_level = SOL_SOCKET;
	cmsg->cmsg_type = SCM_RIGHTS;
	cmsg->cmsg_len = CMSG_LEN(sizeof fd);
	memcpy(CMSG_DATA(cmsg), &fd, sizeof fd);
	do
		sent = sendmsg(channel, &msg, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent == (ssize_t)sizeof copy;
}

static int
passed_descriptor(struct msghdr *msg)
{
	struct cmsghdr *cmsg = CMSG_FIRSTHDR(msg);
	int fd;

	if (!cmsg || cmsg->cmsg_level != SOL_SOCKET || cmsg->cmsg_type != SCM_RIGHTS ||
	    cmsg->cmsg_len != CMSG_LEN(sizeof fd))
		return -1;
	memcpy(&fd, CMSG_DATA(cmsg), sizeof fd);
	return fd;
}

static int
receive_job(int channel, struct channel_job *job, int *fd, int flags)
{
	struct control control = { .room = { 0 } };
	struct iovec vec = { .iov_base = job, .iov_len = sizeof *job };
	struct msghdr msg = {
		.msg_iov = &vec,
		.msg_iovlen = 1,
		.msg_control = control.room,
		.msg_controllen = sizeof control.room,
	};
	ssize_t got;

	do
		got = recvmsg(channel, &msg, MSG_CMSG_CLOEXEC | flags);
	while (got < 0 && errno == EINTR);
	if (got != (ssize_t)sizeof *job)
		return 0;
	*fd = passed_descriptor(&msg);
	return 1;
}

int
channel_receive_job(int channel, struct channel_job *job, int *fd)
{
	return receive_job(channel, job, fd, 0);
}

int
channel_receive_next_job(int channel, struct channel_job *job, int *fd)
{
	return receive_job(channel, job, fd, MSG_DONTWAIT);
}

bool
channel_send_answer(int channel, const struct channel_answer *answer)
{
	struct channel_answer copy = *answer;
	struct iovec vec = { .iov_base = &copy, .iov_len = sizeof copy };
	struct msghdr msg = { .msg_iov = &vec, .msg_iovlen = 1 };
	ssize_t sent;

	do
		sent = sendmsg(channel, &msg, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent == (ssize_t)sizeof copy;
}

int
channel_receive_answer(int channel, struct channel_answer *answer)
{
	struct channel_answer copy;
	/* No room for descriptors: what a worker might pass is closed by the kernel. */
	struct iovec vec = { .iov_base = &copy, .iov_len = sizeof copy };
	struct msghdr msg = { .msg_iov = &vec, .msg_iovlen = 1 };
	ssize_t got;

	do
		got = recvmsg(channel, &msg, MSG_DONTWAIT);
	while (got < 0 && errno == EINTR);
	if (got < 0 && errno == EAGAIN)
		return 0;
	if (got <= 0)
		return -1;
	if (got != (ssize_t)sizeof copy || (msg.msg_flags & MSG_TRUNC))
		return -2;
	*answer = copy;
	return 1;
}
