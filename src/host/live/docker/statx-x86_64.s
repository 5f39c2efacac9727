# statx(AT_FDCWD, "/", 0, STATX_BASIC_STATS, buffer); exit(errno). No libc, so nothing emulates or hides the answer.
# as -o x.o statx-x86_64.s && ld -static -n -s --build-id=none -z noseparate-code -o statx-x86_64 x.o
	.globl	_start
	.text
_start:
	subq	$512, %rsp
	movl	$332, %eax
	movl	$-100, %edi
	leaq	root(%rip), %rsi
	xorl	%edx, %edx
	movl	$0x7ff, %r10d
	movq	%rsp, %r8
	syscall
	negl	%eax
	movl	%eax, %edi
	movl	$60, %eax
	syscall
root:
	.asciz	"/"
