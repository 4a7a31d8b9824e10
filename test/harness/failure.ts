/** A failure whose message is a sentence for the person at the terminal, not for a debugger. */
export class Explained extends Error {
	override readonly name = 'Explained';
}

/** What a failing command prints, and the sentence that a person needs instead. */
const KNOWN_FAILURES: ReadonlyArray<readonly [pattern: RegExp, sentence: string]> = [
	[
		/ENOSPC|no space left on device/i,
		'The disk is full. n8n needs about 3 GB a version: make some room, then try again.',
	],
	[
		/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/,
		'The npm registry is not reachable. Check the network connection and the proxy settings of npm, then try again.',
	],
	[
		/EACCES|EPERM|EROFS/,
		'A folder is not writable for this user. Set N8N_M2M_CACHE to a folder that is, then try again.',
	],
	[
		/gyp ERR|node-gyp|make: |not found: make|prebuild-install/,
		'A part of n8n (sqlite3) could not be compiled. Install a C++ compiler, make and Python (Debian: apt-get install build-essential python3), then try again.',
	],
	[
		/E404|ETARGET|404 Not Found/,
		'The npm registry does not have one of the packages. Check which registry npm uses ("npm config get registry").',
	],
];

/** The sentence for a known failure in what a command printed, or `undefined`. */
export function recogniseFailure(output: string): string | undefined {
	return KNOWN_FAILURES.find(([pattern]) => pattern.test(output))?.[1];
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
		return recogniseFailure(String(error.code)) ?? `The system refused: ${error.message}`;
	}
	return error.stack ?? error.message;
}
