"""Text recognised in pictures of lines, with every character's place and sureness, by the models that rapidocr ships.

Lines are found by rapidocr's detector. They are recognised here, on the same package's model, because for figures more
is needed than the best text: where each character stands, how sure it is, and which digits come next.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.annual.reading.files.extras import ocr_missing
from gongkai.annual.reading.files.scan.picture import Pixels

THREADS = 2
HEIGHT = 48
"""Pixels: how high the model wants its lines."""

WIDEST = 2400
BATCH_AREA = 6 * 320
DIGITS = "0123456789"
FIGURE = DIGITS + ".,-+/"
"""The characters that figures are made of."""

DETECTOR = "PP-OCRv6_det_small.onnx"
RECOGNISER = "PP-OCRv6_rec_small.onnx"


@dataclass(frozen=True, slots=True)
class Character:
    """A character recognised: its middle as a part of the line's width (0 to 1), and how sure it is (0 to 1)."""

    text: str
    middle: float
    sure: float


@dataclass(frozen=True, slots=True)
class Recognised:
    """A line recognised: its characters; and the figures it may be, most likely first, with their share of likelihood.

    ``figures`` are what the line would say if it held nothing but a figure; they are worked out only when asked for.
    """

    characters: tuple[Character, ...]
    figures: tuple[tuple[str, float], ...] = ()

    @property
    def text(self) -> str:
        """The characters together."""
        return "".join(character.text for character in self.characters)

    @property
    def sure(self) -> float:
        """How sure the least sure character is; 0 if there is none."""
        return min((character.sure for character in self.characters), default=0.0)

    @property
    def score(self) -> float:
        """How sure the characters are on the average."""
        return sum(character.sure for character in self.characters) / max(1, len(self.characters))


class Recogniser:
    """The two models, loaded once. Nothing is downloaded: the models are files of the rapidocr package."""

    def __init__(self) -> None:
        try:
            import onnxruntime
            import rapidocr
            from rapidocr import RapidOCR
        except ImportError as error:
            raise ocr_missing() from error
        models = Path(rapidocr.__file__).parent / "models"
        if not (models / DETECTOR).is_file() or not (models / RECOGNISER).is_file():
            raise ocr_missing()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = THREADS, 1
        options.enable_cpu_mem_arena = False
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # wait idly: others work here too
        options.log_severity_level = 4
        self._session = onnxruntime.InferenceSession(
            str(models / RECOGNISER), sess_options=options, providers=["CPUExecutionProvider"]
        )
        self._input = self._session.get_inputs()[0].name
        listed = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._characters = ["", *listed, " "]
        self._figure = [0, *(self._characters.index(character) for character in FIGURE)]
        self._detect: Any = RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.max_side_len": 4000,
                "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "Det.model_path": str(models / DETECTOR),
                "Det.limit_type": "min",
                "Det.limit_side_len": 64,
            }
        )

    def lines(self, grey: Pixels, scale: float = 1.0) -> list[NDArray[np.float32]]:
        """The lines of text on a page: four corners each, from the top left clockwise, in the page's pixels.

        ``scale`` is by how much the page is reduced for the search.
        """
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
        found = self._detect(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR), use_det=True, use_cls=False, use_rec=False)
        boxes = getattr(found, "boxes", None)
        return [] if boxes is None else [np.asarray(box, np.float32) / min(scale, 1.0) for box in boxes]

    def read(self, crops: Sequence[Pixels], figures: bool = False) -> list[Recognised]:
        """The text of each picture of a line. With ``figures`` also what figures it may be."""
        result: list[Recognised] = [Recognised(())] * len(crops)
        fitted = [fit(crop) for crop in crops]
        order = sorted(range(len(crops)), key=lambda index: fitted[index].shape[1])
        while order:
            size = max(1, min(len(order), BATCH_AREA // max(fitted[order[0]].shape[1], 32)))
            while size > 1 and fitted[order[size - 1]].shape[1] * size > BATCH_AREA:
                size -= 1
            batch, order = order[:size], order[size:]
            widest = max(fitted[index].shape[1] for index in batch)
            given = np.zeros((len(batch), 3, HEIGHT, widest), np.float32)
            for place, index in enumerate(batch):
                given[place, :, :, : fitted[index].shape[1]] = fitted[index].astype(np.float32) / 127.5 - 1
            seen = self._session.run(None, {self._input: given})[0]
            for place, index in enumerate(batch):
                steps = seen.shape[1] * fitted[index].shape[1] / widest
                found = decode(seen[place], self._characters, steps)
                if figures:
                    found = Recognised(found.characters, likely(seen[place][:, self._figure], FIGURE))
                result[index] = found
        return result


@cache
def recogniser() -> Recogniser:
    """The recogniser, loaded at first use. Raises Unreadable where the extra is not installed."""
    return Recogniser()


def fit(crop: Pixels) -> Pixels:
    """The grey picture of a line at the height the model wants."""
    high, wide = crop.shape[:2]
    width = min(WIDEST, max(8, math.ceil(HEIGHT * wide / high)))
    method = cv2.INTER_AREA if high > 1.5 * HEIGHT else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(crop, (width, HEIGHT), interpolation=method), np.uint8)


def decode(seen: NDArray[np.float32], characters: Sequence[str], steps: float) -> Recognised:
    """The likeliest characters of a line: ``seen`` gives for each step across the line the likelihood of each character
    (0 is none); the line ends after ``steps`` steps. Equal characters side by side are one."""
    best = seen.argmax(axis=1)
    found = []
    start = 0
    for end in range(1, len(best) + 1):
        if end == len(best) or best[end] != best[start]:
            if best[start]:
                sure = float(seen[start:end, best[start]].max())
                middle = (start + end) / 2 / steps
                found.append(Character(characters[best[start]], min(1.0, middle), sure))
            start = end
    return Recognised(tuple(found))


def likely(seen: NDArray[np.float32], alphabet: str, most: int = 4) -> tuple[tuple[str, float], ...]:
    """The likeliest texts over the alphabet, each with its share: the paths that lead to the same text count together.

    ``seen`` gives for each step the likelihood of none (column 0) and of each character of the alphabet.
    """
    heard = seen / np.maximum(seen.sum(axis=1, keepdims=True), 1e-9)
    beams: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}  # text: likelihood ending in none, ending in its last
    for step in heard:
        grown: dict[str, tuple[float, float]] = {}

        def add(text: str, none: float, last: float, into: dict[str, tuple[float, float]] = grown) -> None:
            before = into.get(text, (0.0, 0.0))
            into[text] = (before[0] + none, before[1] + last)

        for text, (none, last) in beams.items():
            add(text, (none + last) * step[0], last * step[1 + alphabet.index(text[-1])] if text else 0.0)
            for place, character in enumerate(alphabet, 1):
                if step[place] > 1e-4:
                    add(text + character, 0.0, step[place] * (none if text.endswith(character) else none + last))
        beams = dict(sorted(grown.items(), key=lambda item: -sum(item[1]))[:12])
    total = sum(sum(ends) for ends in beams.values())
    ranked = sorted(((text, float(sum(ends) / total)) for text, ends in beams.items()), key=lambda item: -item[1])
    return tuple(item for item in ranked[:most] if item[1] > 0.002)
