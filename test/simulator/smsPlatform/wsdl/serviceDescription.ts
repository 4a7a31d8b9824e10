import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Where the vendor's service is (SMS §7). */
const LIVE_URL = 'https://dx.ipyy.net/WebService.asmx';

/** The WSDL, for a service at `url`. */
export function serviceDescription(url: string): string {
	const text = readFileSync(path.join(__dirname, 'webService.wsdl'), 'utf8');
	return text.replaceAll(LIVE_URL, url);
}
