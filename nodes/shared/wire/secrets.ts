/** Passwords and tokens: as people paste them into a credential, and what requests are signed with. */
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
 * A text of a credential as it is meant: without what was pasted along around it; a number is its text. Whatever is
 * no text, such as what an expression gives that finds nothing, gives an empty one.
 */
export function pastedText(value: unknown): string {
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
		return [pastedText(value), ...(typeof value === 'string' ? [value] : [])];
	});

/** Where a credential notes what was made of it; the same in all copies of this package. */
const PROOFS = Symbol.for('proofs of requests');

type Following = ICredentialDataDecryptedObject & { readonly [PROOFS]?: string[] };

/**
 * Finds out what a request is signed with, although n8n has it signed.
 *
 * @returns the credential to sign with, and what {@link noteProofs} notes of it
 */
export function followProofs(credential: ICredentialDataDecryptedObject): {
	readonly credential: ICredentialDataDecryptedObject;
	readonly proofs: readonly string[];
} {
	const proofs: string[] = [];
	return {
		credential: Object.defineProperty({ ...credential }, PROOFS, { value: proofs }),
		proofs,
	};
}

/**
 * Notes what proves a request, so that a server which repeats it does not show it.
 *
 * @param credential that the request is signed with
 */
export const noteProofs = (credential: Following, ...proofs: readonly string[]): void =>
	void credential[PROOFS]?.push(...proofs);
