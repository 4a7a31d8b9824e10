import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { isIP } from 'node:net';

import { Problem } from '../problem';

const OF_THIS_MACHINE = ['localhost', '127.0.0.1', '[::1]'];
const ALL_ADDRESSES = ['0.0.0.0', '::'];

const hostnameOf = (host: string): string | undefined => {
	try {
		return new URL(`http://${host}`).hostname;
	} catch {
		return undefined;
	}
};

const isAddress = (hostname: string): boolean => isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;

/**
 * Takes requests only under names of this machine: a foreign name that is made to point here (DNS
 * rebinding) gets nothing. Whoever listens on all addresses is asked by any address, never by a name.
 */
export function guardHost(host: string, allowedHosts: readonly string[]): MiddlewareHandler {
	const own = host.includes(':') ? `[${host}]` : host;
	const names = new Set(
		[...OF_THIS_MACHINE, own, ...allowedHosts].map((name) => name.toLowerCase()),
	);
	const isOpen = ALL_ADDRESSES.includes(host);
	return async (context, next) => {
		const hostname = hostnameOf(context.req.header('host') ?? '');
		const isKnown =
			hostname !== undefined && (names.has(hostname) || (isOpen && isAddress(hostname)));
		if (!isKnown) {
			throw new Problem(
				{
					en: 'The console is not asked under this name: use the address that it printed.',
					zh: '不能用这个主机名访问控制台：请使用启动时显示的地址。',
				},
				403,
			);
		}
		await next();
	};
}

const READING = ['GET', 'HEAD'];

/** Refuses what pages of other sites try to change. Programs, which send no origin, may. */
export const guardOrigin: MiddlewareHandler = async (context, next) => {
	const { req } = context;
	const origin = req.header('origin');
	const isForeign =
		req.header('sec-fetch-site') === 'cross-site' ||
		(origin !== undefined && origin !== `http://${req.header('host')}`);
	if (isForeign && !READING.includes(req.method)) {
		throw new Problem(
			{ en: 'Other sites may change nothing here.', zh: '其他网站不能修改这里的内容。' },
			403,
		);
	}
	await next();
};

/** Mails are shown in a frame of the page, with styles of their own and without scripts. */
export const headers: MiddlewareHandler = secureHeaders({
	contentSecurityPolicy: {
		defaultSrc: ["'none'"],
		scriptSrc: ["'self'"],
		styleSrc: ["'self'", "'unsafe-inline'"],
		imgSrc: ["'self'", 'data:'],
		fontSrc: ["'self'"],
		connectSrc: ["'self'"],
		frameSrc: ["'self'"],
		manifestSrc: ["'self'"],
		baseUri: ["'none'"],
		formAction: ["'none'"],
		frameAncestors: ["'none'"],
	},
	crossOriginResourcePolicy: 'same-origin',
	crossOriginOpenerPolicy: 'same-origin',
	referrerPolicy: 'no-referrer',
	strictTransportSecurity: false,
	xFrameOptions: 'DENY',
});
