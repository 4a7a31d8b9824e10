/** Digests, and the comparison of secrets. */
import { createHash, timingSafeEqual } from 'crypto';

/** MD5 of the UTF-8 bytes, as 32 lower-case hex digits: what the vendors' signatures are made of. */
export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** SHA-256 of the UTF-8 bytes. */
export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares a text that came from outside with a secret, in a time that tells nothing of either. */
export const constantTimeEqual = (given: unknown, secret: string): boolean =>
	typeof given === 'string' && timingSafeEqual(sha256(given), sha256(secret));
