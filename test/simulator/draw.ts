/** A 32-bit number that depends on all inputs alike (FNV-1a over the label, then murmur's finish). */
function mix(seed: number, index: number, label: string): number {
	let hash = 0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b);
	for (let at = 0; at < label.length; at++) {
		hash = Math.imul(hash ^ label.charCodeAt(at), 0x01000193);
	}
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * Repeatable lots for one record: the same seed, index and label always draw the same, whatever was
 * drawn before. So a record needs no storage, and a new field does not change the others.
 */
export class Draw {
	constructor(
		private readonly seed: number,
		private readonly index: number,
	) {}

	/** A whole number from 0 to `limit - 1`. */
	below(label: string, limit: number): number {
		return mix(this.seed, this.index, label) % limit;
	}

	/** A whole number from `from` to `to`, both included. */
	between(label: string, from: number, to: number): number {
		return from + this.below(label, to - from + 1);
	}

	pick<T>(label: string, choices: readonly [T, ...T[]]): T {
		return choices[this.below(label, choices.length)] ?? choices[0];
	}

	/** Decimal digits, with leading zeros. */
	digits(label: string, length: number): string {
		return String(this.below(label, 10 ** length)).padStart(length, '0');
	}
}
