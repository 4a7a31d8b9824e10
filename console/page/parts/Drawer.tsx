import { useEffect, useId, useRef } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { X } from 'lucide-preact';
import { texts } from '../state/language';

interface DrawerProps {
	title: ComponentChildren;
	onClose: () => void;
	children: ComponentChildren;
	/** A box in the middle instead of a panel at the side. */
	isBox?: boolean;
}

/** A modal panel: the browser keeps the focus in it, ends it by Escape and gives the focus back. */
export function Drawer({ title, onClose, children, isBox = false }: DrawerProps) {
	const dialog = useRef<HTMLDialogElement>(null);
	const id = useId();
	useEffect(() => dialog.current?.showModal(), []);
	return (
		<dialog
			ref={dialog}
			class={isBox ? 'box' : 'drawer'}
			aria-labelledby={id}
			onClose={onClose}
			onClick={(event) => {
				if (event.target === dialog.current) dialog.current?.close();
			}}
		>
			<div class="sheet">
				<header>
					<h2 id={id}>{title}</h2>
					<button
						type="button"
						class="icon"
						onClick={() => dialog.current?.close()}
						aria-label={texts.value.common.close}
					>
						<X size={18} />
					</button>
				</header>
				<div class="body">{children}</div>
			</div>
		</dialog>
	);
}
