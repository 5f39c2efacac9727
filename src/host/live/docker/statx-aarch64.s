// statx(AT_FDCWD, "/", 0, STATX_BASIC_STATS, buffer); exit(errno). No libc, so nothing emulates or hides the answer.
// aarch64-linux-gnu-as -o a.o statx-aarch64.s && aarch64-linux-gnu-ld -static -n -s --build-id=none -z noseparate-code -o statx-aarch64 a.o
	.globl	_start
	.text
_start:
	sub	sp, sp, #512
	mov	x0, #-100
	adr	x1, root
	mov	x2, #0
	mov	x3, #0x7ff
	mov	x4, sp
	mov	x8, #291
	svc	#0
	neg	x0, x0
	mov	x8, #93
	svc	#0
root:
	.asciz	"/"
