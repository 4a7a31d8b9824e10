import { localized } from './language.cjs';

/** A failure whose message is a sentence for the person at the terminal, not for a debugger. */
export class Explained extends Error {
	override readonly name = 'Explained';
}

/** What a failing command prints, and the sentence that a person needs instead. */
const KNOWN_FAILURES: ReadonlyArray<readonly [pattern: RegExp, english: string, chinese: string]> =
	[
		[
			/ENOSPC|no space left on device/i,
			'The disk is full. n8n needs about 3 GB a version: make some room, then try again.',
			'磁盘已满。每个版本的 n8n 约需 3 GB：请腾出空间后重试。',
		],
		[
			/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/,
			'The npm registry is not reachable. Check the network connection and the proxy settings of npm, then try again.',
			'无法连接 npm 软件源。请检查网络连接和 npm 的代理设置后重试。',
		],
		[
			/EACCES|EPERM|EROFS/,
			'A folder is not writable for this user. Set N8N_M2M_CACHE to a folder that is, then try again.',
			'当前用户没有某个文件夹的写权限。请把 N8N_M2M_CACHE 设为可写的文件夹后重试。',
		],
		[
			/gyp ERR|node-gyp|make: |not found: make|prebuild-install/,
			'A part of n8n (sqlite3) could not be compiled. Install a C++ compiler, make and Python (Debian: apt-get install build-essential python3), then try again.',
			'n8n 的一个组件（sqlite3）无法编译。请安装 C++ 编译器、make 和 Python（Debian：apt-get install build-essential python3）后重试。',
		],
		[
			/E404|ETARGET|404 Not Found/,
			'The npm registry does not have one of the packages. Check which registry npm uses ("npm config get registry").',
			'npm 软件源中缺少某个软件包。请检查 npm 使用的是哪个软件源（“npm config get registry”）。',
		],
	];

/** The sentence for a known failure in what a command printed, or `undefined`. */
export function recogniseFailure(output: string): string | undefined {
	const known = KNOWN_FAILURES.find(([pattern]) => pattern.test(output));
	return known && localized(known[1], known[2]);
}

/**
 * Turns anything that was thrown into something readable: the message of an explained failure, the
 * sentence of a known one (a full disk, no network), or the stack of a defect.
 */
export function explain(error: unknown): string {
	if (error instanceof Explained) return error.message;
	if (!(error instanceof Error)) return String(error);
	// What the operating system refused; a stack would tell no more than its words.
	if ('syscall' in error && 'code' in error) {
		return (
			recogniseFailure(String(error.code)) ??
			localized(`The system refused: ${error.message}`, `系统拒绝：${error.message}`)
		);
	}
	return error.stack ?? error.message;
}
