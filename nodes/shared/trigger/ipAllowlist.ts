/** IP addresses: which ones a user allowed, and which ones the outside world can reach. */
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** An address and how many of its bits count. */
type Block = readonly [network: Address, bits: number];

export interface Allowlist {
	readonly blocks: readonly Block[];
	/** What the user wrote that is neither an address nor a block. It allows nobody. */
	readonly invalid: readonly string[];
}

const IPV4_BITS = 32;
const MAPPED_PREFIX_BITS = 96;

/** Without the shorthands of the C library: `127.1` and `010.0.0.1` are not what they seem. */
const isPlain = (text: string): boolean =>
	text.includes(':') ? ipaddr.IPv6.isValid(text) : ipaddr.IPv4.isValidFourPartDecimal(text);

/** An IPv4 address in IPv6 clothes (`::ffff:192.0.2.1`) is taken as the IPv4 address that it is. */
function parseBlock(entry: string): Block | undefined {
	const [address = '', length, ...rest] = entry.split('/');
	if (rest.length > 0 || !isPlain(address)) return undefined;
	const written = ipaddr.parse(address);
	const allBits = written.kind() === 'ipv4' ? IPV4_BITS : 128;
	if (length !== undefined && !/^\d{1,3}$/.test(length)) return undefined;
	const bits = length === undefined ? allBits : Number(length);
	if (bits > allBits) return undefined;
	const network = ipaddr.process(address);
	if (network.kind() === written.kind()) return [network, bits];
	return bits < MAPPED_PREFIX_BITS ? [written, bits] : [network, bits - MAPPED_PREFIX_BITS];
}

/** Reads addresses and CIDR blocks, IPv4 and IPv6, separated by commas, spaces or line breaks. */
export function parseAllowlist(text: string): Allowlist {
	const blocks: Block[] = [];
	const invalid: string[] = [];
	for (const entry of text.split(/[\s,;，；]+/).filter((one) => one !== '')) {
		const block = parseBlock(entry);
		if (block) blocks.push(block);
		else invalid.push(entry);
	}
	return { blocks, invalid };
}

/**
 * Reads the list as the node has it.
 *
 * @param written what the user wrote, an expression as its own text; undefined for nothing
 * @param given what came of it
 * @returns undefined when there is none
 */
export const readAllowlist = (written: unknown, given: unknown): Allowlist | undefined =>
	written === undefined || (typeof written === 'string' && written.trim() === '')
		? undefined
		: parseAllowlist(typeof given === 'string' ? given : '');

/** Whether the list allows the address. None allows everybody, one that holds no address nobody. */
export function isAllowed(allowlist: Allowlist | undefined, address: string): boolean {
	if (allowlist === undefined) return true;
	if (!isPlain(address)) return false;
	const sender = ipaddr.process(address);
	return allowlist.blocks.some(
		([network, bits]) => network.kind() === sender.kind() && sender.match(network, bits),
	);
}

/**
 * Whether a vendor on the internet can reach a host: not a name of this machine or of a local
 * network, and not a private, loopback or otherwise reserved address.
 *
 * @param host as `URL` gives it, IPv6 in brackets
 */
export function isPublicHost(host: string): boolean {
	const name = host.replace(/^\[|\]$/g, '').toLowerCase();
	if (isPlain(name)) return ipaddr.process(name).range() === 'unicast';
	return (
		name.includes('.') && !/\.(?:localhost|local|lan|internal|home|test|example)\.?$/.test(name)
	);
}
