import { createHash } from 'node:crypto';

/** M2M §1.4: MD5 of the joined and lower-cased parts, as 32 lower-case hex digits. */
export function m2mSign(password: string, requesttime: string, fields: readonly string[]): string {
	const text = [password, requesttime, ...fields].join('').toLowerCase();
	return createHash('md5').update(text, 'utf8').digest('hex');
}
