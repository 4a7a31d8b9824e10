/** Passwords and tokens, as people paste them into a credential. */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

const isInvisible = (character: string): boolean => /[\s\p{Cc}\p{Cf}]/u.test(character);

/** Without white space, line breaks and characters of no width at either end. */
function trimInvisible(text: string): string {
	let [start, end] = [0, text.length];
	while (start < end && isInvisible(text.charAt(start))) start += 1;
	while (end > start && isInvisible(text.charAt(end - 1))) end -= 1;
	return text.slice(start, end);
}

/**
 * A secret as it is meant: without what was pasted along around it; a number is its text. Whatever is
 * no text, such as what an expression gives that finds nothing, gives an empty one.
 */
export function secretText(value: unknown): string {
	if (typeof value === 'string') return trimInvisible(value);
	const isNumber = typeof value === 'bigint' || (typeof value === 'number' && isFinite(value));
	return isNumber ? String(value) : '';
}

/** The secrets in a credential, each as it is meant and as it was pasted. */
export const secretsIn = (
	credential: ICredentialDataDecryptedObject,
	fields: readonly string[],
): readonly string[] =>
	fields.flatMap((name) => {
		const value = credential[name];
		return [secretText(value), ...(typeof value === 'string' ? [value] : [])];
	});
