/** On the document's element while files are dragged: the frame of a message lets them through then, to the page around it. */
const DRAGGING = 'dragging';

/**
 * Gives `take` what is dropped onto the page, until `taking` ends. After that, files are held all the same, for as long as the page is there:
 * a browser would open them itself, and with them the page that came by mail. Who else takes files from a drop, takes them.
 */
export function takeDrops(take: (files: readonly File[]) => void, taking: AbortSignal): void {
  const { classList } = document.documentElement;
  const rest = (): void => {
    classList.remove(DRAGGING);
  };
  addEventListener('dragenter', ({ dataTransfer }) => {
    if (hasFiles(dataTransfer)) classList.add(DRAGGING);
  });
  addEventListener('dragover', (event) => {
    if (!taking.aborted || hasFiles(event.dataTransfer)) event.preventDefault();
  });
  addEventListener('drop', (event) => {
    rest();
    if (!taking.aborted || hasFiles(event.dataTransfer)) event.preventDefault();
    if (!taking.aborted) take([...(event.dataTransfer?.files ?? [])]);
  });
  // A pointer that moves drags nothing: not every browser says when a drag has left the window.
  for (const type of ['dragend', 'pointermove', 'pointerdown']) addEventListener(type, rest);
}

function hasFiles(data: DataTransfer | null): boolean {
  return data?.types.includes('Files') === true;
}
