import type { JsonValue, SimulatorReply } from './types';

/** A page as IIS serves it, for addresses that do not exist and for faults of the server. */
export function htmlPage(status: number, title: string): SimulatorReply {
	return {
		status,
		headers: { 'content-type': 'text/html; charset=utf-8' },
		body:
			`<!DOCTYPE html>\r\n<html><head><title>${title}</title></head>\r\n` +
			`<body><h1>Server Error</h1><h2>${status} - ${title}</h2></body></html>\r\n`,
	};
}

export const notFoundPage = (): SimulatorReply => htmlPage(404, 'File or directory not found.');

export const methodNotAllowedPage = (): SimulatorReply =>
	htmlPage(405, 'HTTP verb used to access this page is not allowed.');

export const serverErrorPage = (): SimulatorReply => htmlPage(500, 'Internal server error.');

/** JSON with its right label, as the control endpoints answer. */
export function jsonReply(value: JsonValue, status = 200): SimulatorReply {
	return {
		status,
		headers: { 'content-type': 'application/json; charset=utf-8' },
		body: JSON.stringify(value),
	};
}
