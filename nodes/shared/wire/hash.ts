import { createHash, timingSafeEqual } from 'crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares a text that came from outside with a secret, in a time that tells nothing of either. */
export const constantTimeEqual = (given: unknown, secret: string): boolean =>
	typeof given === 'string' && timingSafeEqual(digest(given), digest(secret));
